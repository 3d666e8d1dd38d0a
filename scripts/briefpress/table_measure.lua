--- How wide the columns of a table want to be: what their cells take at least and in full, and what stands before and
--- behind their decimal marks.
local engine = require "briefpress.engine"
local cells = require "briefpress.table_cells"
local format_number, text_width = engine.format.number, engine.text.width
local find, match, type = string.find, string.match, type
local SAMPLE = 2000 -- Rows of a long table that are measured.

local M = {}

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

--- A text up to where the whole of its figure ends: before the decimal mark, else behind the last digit; all of a
--- text without a figure.
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
  if value.text then return M.decimal(cx, value.set or set, value.text) end
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
  local count, whole, part = self.sampled or self.count, 0, 0
  local function add(set, value)
    local before, behind = M.decimal(cx, set, value)
    if before then whole, part = math.max(whole, before), math.max(part, behind) end
  end
  for at = 1, count, math.max(1, count / SAMPLE) do add(column.set, column.print(math.floor(at))) end
  if type(self.total) == "table" then add(cx:style(self.style, cells.strong(self)), cells.total(self, column)) end
  if self.sums then
    for _, text in ipairs(self.sums:samples(column)) do add(cx:style(self.style, cells.strong(self)), text) end
  end
  column.part = part
  return whole + part
end

--- Measures what the columns without a width want: all rows up to 2,000, else so many of them, evenly spread.
---@param cx briefpress.Context
function M.measure(self, cx, open)
  local width = text_width
  local count = self.sampled or self.count
  local step = math.max(1, count / SAMPLE)
  for _, column in ipairs(open) do
    local style = column.set
    local least, most, longest = 0, 0, ""
    local at = 1
    local checked = 0
    while at <= count and checked < SAMPLE do
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
    local strong = (self.total or self.sums) and cx:style(self.style, cells.strong(self))
    local function add(value)
      if type(value) ~= "string" then return end
      local wide = width(strong, value)
      least, most = math.max(least, least_of(strong, value, wide)), math.max(most, wide)
    end
    if type(self.total) == "table" then add(cells.total(self, column)) end
    if self.sums then
      for _, text in ipairs(self.sums:samples(column)) do add(text) end
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
