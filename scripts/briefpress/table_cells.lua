--- The cells of a table: where their values come from, what they print, and how long that is. A cell that fits on one
--- line is plain text, drawn in one call; only a longer one becomes a paragraph, and only marked-up text or a block
--- becomes a block.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local spec_of = require "briefpress.table_spec"
local styles = require "briefpress.style"
local format_number, format_date = engine.format.number, engine.format.date
local find, type, math_type = string.find, type, math.type

local SAMPLE = 2000 -- Rows of an iterator that columns are judged and measured by.

local M = {}

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

--- How a column prints numbers.
local function number_writer(column, decimals)
  local style
  if decimals or column.grouping ~= nil then style = { decimals = decimals, grouping = column.grouping } end
  local zero, has_brackets = column.zero, column.negative == "parentheses"
  if not zero and not has_brackets then
    return remembering(function(value) return value - value == 0 and format_number(value, style) or "" end)
  end
  local nought = format_number(0, style)
  return remembering(function(value)
    if value - value ~= 0 then return "" end
    local text = format_number(value < 0 and has_brackets and -value or value, style)
    if text == nought or text == format_number(-0.0, style) then return zero or nought end
    return value < 0 and has_brackets and "(" .. text .. ")" or text
  end)
end

--- What a cell without a `format` of its own prints; and how it prints a number.
local function writer(column, decimals)
  decimals = column.decimals or decimals
  local print_number = number_writer(column, decimals)
  local print_date = remembering(function(value) return format_date(value, "medium") end)
  local is_date, missing = column.kind == "date", column.missing or ""
  return function(value)
    local is = type(value)
    if is == "string" then return is_date and print_date(value) or value end
    if is == "number" then return print_number(value) end
    if value == nil then return missing end
    if is == "boolean" then return phrase(value and "yes" or "no") end
    return value
  end, print_number
end

--- True of a cell of the layout that says more than its value: `{ 12, note = "..." }`, `{ "All", columns = 3 }`.
function M.is_rich(value)
  return not getmetatable(value) and type(value.layout) ~= "function"
end

--- True where a column holds figures: they are set flush right, so that digits stand below each other.
local function is_numeric(self, column)
  if column.kind then return column.kind == "number" end
  local has_any = false
  for i = 1, math.min(self.sampled or self.count, 20) do
    local value = column.read(i)
    if type(value) == "table" and M.is_rich(value) then value = value[1] end
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

local function refuse(self, column, text)
  options.fail(('table: format of column "%s" must give a string, got a %s')
    :format(column.title or "?", type(text)), self.place)
end

--- What gives the text or block of a column in row `i`, with as few calls as may be.
local function printer(self, column)
  local read, write, format = column.read, column.write, column.format
  if column.graphic then return require("briefpress.table_graphics").printer(self, column) end
  local rows, cell, index = self.rows, column.cell, column.cell_index
  if format then
    local row_at = self.row_at
    if cell then -- What the data holds is no table.
      return function(i)
        local text = format(cell(rows, i, index), row_at(i))
        return type(text) == "string" and text or refuse(self, column, text)
      end
    end
    return function(i)
      local value = read(i)
      if type(value) == "table" and M.is_rich(value) then
        return require("briefpress.table_rich").formatted(self, column, value, format, row_at(i))
      end
      local text = format(value, row_at(i))
      return type(text) == "string" and text or refuse(self, column, text)
    end
  end
  if cell then -- The bulk of a register: no call more than it takes.
    local missing = column.missing or ""
    if column.kind == "text" then return function(i) return cell(rows, i, index) or missing end end
    if column.kind == "number" then
      local print_number = column.write_number
      return function(i)
        local value = cell(rows, i, index)
        return value and print_number(value) or missing
      end
    end
    return function(i) return write(cell(rows, i, index)) end
  end
  return function(i) return M.literal(self, column, write(read(i)), not self.is_plain) end
end

--- The same for columns whose cells have a style or a note by a function.
local function looked_after(self, column)
  local inner = printer(self, column)
  if not (column.cell_style or column.cell_note or self.cell_style) then return inner end
  return require("briefpress.table_rich").printer(self, column, inner)
end

--- The column of a table of the data that a key names or counts: its place.
local function stored_index(self, column, key, by_id)
  local rows = self.rows
  local index = type(key) == "number" and key or by_id[key]
  local stored = rows.columns[index or 0]
  if not stored then
    local names = require("briefpress.sorted").keys(by_id)
    local near = engine.nearest(tostring(key), names)
    options.fail(('table: no column "%s" in table "%s"; %s'):format(tostring(key), rows.id,
      near and ('did you mean "%s"?'):format(near) or "it has " .. table.concat(names, ", ")), self.place)
  end
  column.kind = stored.type
  if not column.title then
    column.title, column.has_data_title = stored.title ~= "" and stored.title or stored.id, true
  end
  if self.has_units and not column.unit and stored.unit ~= "" then
    column.unit, column.has_data_unit = stored.unit, true
  end
  return index
end

--- What gives the value of a column in row `i`.
local function reader(self, column, row_at, by_id)
  local rows, key = self.rows, column.key
  if key == nil then key = column.position end
  if type(key) == "function" then return function(i) return key(row_at(i)) end end
  if by_id then
    local cell, index = rows.cell, stored_index(self, column, key, by_id)
    column.cell, column.cell_index = cell, index
    return function(i) return cell(rows, i, index) end
  end
  if self.stream then return function(i) return row_at(i)[key] end end
  return function(i)
    local record = rows[i]
    if type(record) ~= "table" and type(record) ~= "userdata" then
      options.fail(("table: row %d is a %s, expected a table"):format(i, type(record)), self.place)
    end
    return record[key]
  end
end

--- What gives row `i` as a whole. Of an iterator, those rows are asked for that columns are measured by.
local function row_getter(self, is_stored)
  local rows, stream = self.rows, self.stream
  if is_stored then return row_reader(rows) end
  if not stream then return function(i) return rows[i] end end
  self.sampled = 0
  while self.sampled < SAMPLE and stream:has(self.sampled + 1) do self.sampled = self.sampled + 1 end
  return function(i) return stream:row(i) end
end

--- Binds columns to the rows: each gets `read(i)` (the value of row i), `write(value)`, `print(i)` (text or a block)
--- and its alignment.
---@param self table              The table block.
function M.bind(self)
  local rows = self.rows
  local is_stored = spec_of.is_stored(rows)
  local row_at, by_id = row_getter(self, is_stored), nil
  if is_stored then
    by_id = {}
    for i, column in ipairs(rows.columns) do by_id[column.id] = i end
  end
  for i, column in ipairs(self.columns) do
    column.index, column.missing = i, column.missing or self.missing
    column.read = reader(self, column, row_at, by_id)
  end
  self.is_stored, self.row_at = is_stored, row_at
  self.count = is_stored and rows:count() or self.stream and 0 or #rows
  for _, column in ipairs(self.columns) do
    local decimals = column.kind == "number" and decimals_of(column, self.count) or nil
    column.stored_decimals = decimals
    column.write, column.write_number = writer(column, decimals)
    column.print = looked_after(self, column)
    if column.zero or column.negative or column.missing then
      column.signs = require("briefpress.table_tags").signs(column, format_number(0))
      self.has_signs = self.has_signs or column.signs ~= nil
    end
    column.align = column.align or (not column.graphic and is_numeric(self, column) and "right" or "left")
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
function M.text_spec(self, column)
  local spec = M.overrides(self, column)
  spec.style, spec.align = column.style or self.style, column.align
  return spec
end

--- A written value as text or a block. Text of the layout may hold Markdown and placeholders, text of the data may
--- not.
function M.literal(self, column, value, may_be_marked)
  if type(value) == "string" then
    if may_be_marked and find(value, "[{*`%[]") then
      return require("briefpress.text").new(value, M.text_spec(self, column))
    end
    return value
  end
  if block.is(value) then return value end
  if type(value) == "table" and M.is_rich(value) then
    return require("briefpress.table_rich").read(self, column, value)
  end
  if kind.of(value) == "indicator" then
    return require("briefpress.text").new("{" .. value.id .. "}", M.text_spec(self, column))
  end
  options.fail(('table: a cell of column "%s" is a %s; expected text, a number, an indicator or a block')
    :format(column.title or "?", type(value)), self.place)
end

--- What the total row prints in a column.
function M.total(self, column)
  local key = column.key
  if key == nil or type(key) == "function" then key = column.position end
  local value = self.total[key]
  local written
  if value ~= nil and column.format then
    written = column.format(value, self.total)
  else
    written = column.write(value)
  end
  return M.literal(self, column, written, true)
end

return M
