--- The cells of a table: where their values come from, what they print, and how long that is. A cell that fits on one
--- line is plain text, drawn in one call; only a longer one becomes a paragraph, and only marked-up text or a block
--- becomes a block.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local styles = require "briefpress.style"
local format_number, format_date = engine.format.number, engine.format.date
local text_width = engine.text.width
local find, match, type, math_type = string.find, string.match, type, math.type
local SAMPLE = 2000 -- Rows of a long table that are measured.

local M = {}

local known_column = {
  key = "any", title = "string", width = "length", align = { "left", "right", "center", "decimal" },
  format = "function",
  style = "style", weight = "number", color = "color", decimals = "number", grouping = "boolean",
}

--- Checks the columns as the layout gives them; a text stands for {title = text}.
---@param columns any
---@return briefpress.TableColumn[]
function M.columns(columns)
  if type(columns) ~= "table" or #columns == 0 then options.fail("table: columns must be a list of one at least") end
  local list = {}
  for i, column in ipairs(columns) do
    if type(column) == "string" then column = { title = column } end
    if type(column) ~= "table" then options.fail(("table: column %d must be a table or its title"):format(i)) end
    local what = "table: column " .. i
    options.read(what, column, known_column, true)
    if type(column.style) == "table" then
      local name, over = styles.split(column.style, what)
      column = styles.over(column, {})
      column.style, column.over = name, over
    end
    list[i] = column
  end
  return list
end

--- True where rows are a table of the data, held in C.
function M.is_stored(rows)
  return kind.of(rows) == "table"
end

--- Where row `i` of a stored table is read by name, for keys and groups that are functions.
local function row_reader(stored)
  local at = 0
  local row = setmetatable({}, { __index = function(_, id) return stored:cell(at, id) end })
  return function(i)
    at = i
    return row
  end
end

local MEMO_MOST = 4096 -- Entries a memory of printed values grows to.

--- `print` with a memory: registers repeat years, places and round numbers.
local function remembering(print)
  local memory, count = {}, 0
  return function(value)
    local text = memory[value]
    if not text then
      text = print(value)
      if count < MEMO_MOST and value == value then
        memory[value] = text
        count = count + 1
      end
    end
    return text
  end
end

--- The decimals that the values of a stored column have, three at most: figures below each other have equally many.
local function decimals_of(column, count)
  local most = 0
  local step = math.max(1, count // 200)
  for i = 1, count, step do
    local value = column.read(i)
    if math_type(value) == "float" then
      while most < 3 and math.abs(value * 10 ^ most - math.floor(value * 10 ^ most + 0.5)) > 1e-6 do most = most + 1 end
    end
  end
  return most
end

--- What a cell without a `format` of its own prints; and how it prints a number.
local function writer(column, decimals)
  local style
  decimals = column.decimals or decimals
  if decimals or column.grouping ~= nil then style = { decimals = decimals, grouping = column.grouping } end
  local print_number = remembering(function(value)
    return value - value == 0 and format_number(value, style) or ""
  end)
  local print_date = remembering(function(value) return format_date(value, "medium") end)
  local is_date = column.kind == "date"
  return function(value)
    local is = type(value)
    if is == "string" then return is_date and print_date(value) or value end
    if is == "number" then return print_number(value) end
    if value == nil then return "" end
    if is == "boolean" then return phrase(value and "yes" or "no") end
    return value
  end, print_number
end

--- True where a column holds figures: they are set flush right, so that digits stand below each other.
local function is_numeric(self, column)
  if column.kind then return column.kind == "number" end
  local has_any = false
  for i = 1, math.min(self.count, 20) do
    local value = column.read(i)
    local is = type(value)
    if is == "string" then
      if value ~= "" and not find(value, "^%*-{[^}]*}%*-$") then return false end
      has_any = has_any or value ~= ""
    elseif is == "number" or (value ~= nil and is ~= "boolean" and not block.is(value)) then
      has_any = true
    elseif value ~= nil then
      return false
    end
  end
  return has_any
end

--- What gives the text or block of a column in row `i`, with as few calls as may be.
local function printer(self, column)
  local read, write, format = column.read, column.write, column.format
  if format then
    local row_at = self.row_at
    return function(i)
      local text = format(read(i), row_at(i))
      if type(text) ~= "string" then
        options.fail(('table: format of column "%s" must give a string, got a %s')
          :format(column.title or "?", type(text)), self.place)
      end
      return text
    end
  end
  local cell = column.cell
  if cell then -- The bulk of a register: no call more than it takes.
    local rows, index = self.rows, column.cell_index
    if column.kind == "text" then return function(i) return cell(rows, i, index) or "" end end
    if column.kind == "number" then
      local print_number = column.write_number
      return function(i)
        local value = cell(rows, i, index)
        return value and print_number(value) or ""
      end
    end
    return function(i) return write(cell(rows, i, index)) end
  end
  return function(i) return M.literal(self, column, write(read(i)), not self.is_stored) end
end

--- Binds columns to the rows: each gets `read(i)` (the value of row i), `write(value)`, `print(i)` (text or a block)
--- and its alignment.
---@param self table              The table block.
function M.bind(self)
  local rows = self.rows
  local is_stored = M.is_stored(rows)
  local row_at
  local by_id = {}
  if is_stored then
    for i, column in ipairs(rows.columns) do by_id[column.id] = i end
    row_at = row_reader(rows)
  else
    row_at = function(i) return rows[i] end
  end
  for i, column in ipairs(self.columns) do
    column.index = i
    local key = column.key
    if key == nil then key = i end
    local index = key
    local column_type
    if is_stored and type(key) ~= "function" then
      index = type(key) == "number" and key or by_id[key]
      local stored = rows.columns[index or 0]
      if not stored then
        local near = engine.nearest(tostring(key), require("briefpress.sorted").keys(by_id))
        options.fail(('table: no column "%s" in table "%s"%s'):format(tostring(key), rows.id,
          near and ('; did you mean "%s"?'):format(near) or ""), self.place)
      end
      column_type = stored.type
      column.title = column.title or (stored.title ~= "" and stored.title or stored.id)
    end
    if type(key) == "function" then
      column.read = function(row) return key(row_at(row)) end
    elseif is_stored then
      local cell = rows.cell
      column.cell, column.cell_index = cell, index
      column.read = function(row) return cell(rows, row, index) end
    else
      column.read = function(row)
        local record = rows[row]
        if type(record) ~= "table" and type(record) ~= "userdata" then
          options.fail(("table: row %d is a %s, expected a table"):format(row, type(record)), self.place)
        end
        return record[index]
      end
    end
    column.kind = column_type
  end
  self.is_stored, self.row_at = is_stored, row_at
  self.count = is_stored and rows:count() or #rows
  for _, column in ipairs(self.columns) do
    local decimals = column.kind == "number" and decimals_of(column, self.count) or nil
    column.write, column.write_number = writer(column, decimals)
    column.print = printer(self, column)
    column.align = column.align or (is_numeric(self, column) and "right" or "left")
    if column.align == "decimal" then
      column.align, column.is_decimal, self.has_decimals = "right", true, true
    end
    column.is_right = column.align == "right"
  end
end

--- The overrides of what is set strong in a table.
function M.strong(self)
  return styles.over(self.over, { weight = 600 })
end

--- The overrides of a column, over those of the table where it has no style of its own.
function M.overrides(self, column)
  local over = column.over
  if not column.style and self.over then over = styles.over(self.over, over or {}) end
  return styles.over(over, { weight = column.weight, color = column.color })
end

--- How a cell is set that is a text of its own.
local function text_spec(self, column)
  local spec = M.overrides(self, column)
  spec.style, spec.align = column.style or self.style, column.align
  return spec
end

--- A written value as text or a block. Text of the layout may hold Markdown and placeholders, text of the data may not.
function M.literal(self, column, value, may_be_marked)
  if type(value) == "string" then
    if may_be_marked and find(value, "[{*`%[]") then
      return require("briefpress.text").new(value, text_spec(self, column))
    end
    return value
  end
  if block.is(value) then return value end
  if kind.of(value) == "indicator" then
    return require("briefpress.text").new("{" .. value.id .. "}", text_spec(self, column))
  end
  options.fail(('table: a cell of column "%s" is a %s; expected text, a number, an indicator or a block')
    :format(column.title or "?", type(value)), self.place)
end

--- What the total row prints in column `c`.
function M.total(self, column, c)
  local key = column.key
  if key == nil or type(key) == "function" then key = c end
  local value = self.total[key]
  local written
  if value ~= nil and column.format then
    written = column.format(value, self.total)
  else
    written = column.write(value)
  end
  return M.literal(self, column, written, true)
end

--- The width a text takes at least: its longest word; Han breaks anywhere.
local function least_of(style, text, natural)
  if natural <= 24 or not find(text, "[%s\128-\255-]") then return natural end
  if find(text, "[\227-\237]") then return math.min(natural, style.size * 2.2) end
  local width, least = engine.text.width, 0
  for word in text:gmatch("[^%s]+") do
    local wide = width(style, word)
    if wide > least then least = wide end
  end
  return least
end

local decimal_mark

--- A text up to where the whole of its figure ends: before the decimal mark, else behind the last digit; all of a text
--- without a figure.
local function whole_of(text)
  decimal_mark = decimal_mark or match(format_number(1.5, { decimals = 1 }), "^1(.-)5$"):gsub("%p", "%%%0")
  return match(text, "^(.*%d)" .. decimal_mark .. "%d") or match(text, "^.*%d") or text
end

--- The widths of a cell before and behind its decimal mark; nil where it is no line of text.
---@param set engine.Style
---@param value string|briefpress.Block
---@return number? whole
---@return number? part
function M.decimal(cx, set, value)
  if type(value) == "string" then
    local whole = text_width(set, whole_of(value))
    return whole, text_width(set, value) - whole
  end
  if not value.prepare or not value.source then return nil end
  local paragraph = value:prepare(cx)
  if paragraph:layout(1e4) ~= 1 then return nil end
  local line = paragraph:line(1)
  local whole = text_width(set, whole_of(line.text))
  return whole, line.width - whole
end

--- How far a cell stands from the right edge of its column, so that the decimal marks stand below each other.
---@return number
function M.indent(cx, column, set, value)
  local _, part = M.decimal(cx, set, value)
  return part and math.max(0, column.part - part) or 0
end

--- Measures a column whose decimal marks are to stand below each other: what cells have before and behind them.
local function measure_decimals(self, cx, column)
  local step, whole, part = math.max(1, self.count / SAMPLE), 0, 0
  local function add(set, value)
    local before, behind = M.decimal(cx, set, value)
    if before then whole, part = math.max(whole, before), math.max(part, behind) end
  end
  for at = 1, self.count, step do add(column.set, column.print(math.floor(at))) end
  if self.total then add(cx:style(self.style, M.strong(self)), M.total(self, column, column.index)) end
  column.part = part
  return whole + part
end


--- Measures what the columns without a width want: all rows up to 2,000, else so many of them, evenly spread.
---@param cx briefpress.Context
function M.measure(self, cx, open)
  local width = text_width
  local step = math.max(1, self.count / SAMPLE)
  for _, column in ipairs(open) do
    local style = column.set
    local least, most, longest = 0, 0, ""
    local at = 1
    local checked = 0
    while at <= self.count and checked < SAMPLE do
      local value = column.print(math.floor(at))
      if type(value) == "string" then
        if value ~= longest then
          local wide = width(style, value)
          if wide > most then most, longest = wide, value end
          if wide > least then least = math.max(least, least_of(style, value, wide)) end
        end
      else
        local a, b = value:measure(cx, 1e4)
        least, most = math.max(least, a), math.max(most, b)
      end
      at, checked = at + step, checked + 1
    end
    if self.total then
      local value = M.total(self, column, column.index)
      if type(value) == "string" then
        local wide = width(cx:style(self.style, M.strong(self)), value)
        least, most = math.max(least, least_of(style, value, wide)), math.max(most, wide)
      end
    end
    column.least, column.most = least, most
  end
end

--- The same for columns whose decimal marks stand below each other, of any width.
function M.measure_decimals(self, cx)
  for _, column in ipairs(self.columns) do
    if column.is_decimal then
      local most = measure_decimals(self, cx, column)
      if column.least then column.least, column.most = math.max(column.least, most), math.max(column.most, most) end
    end
  end
end

return M
