--- Columns whose decimal marks stand below each other: what their cells have before and behind the mark, and how far
--- each stands from the right edge.
local engine = require "briefpress.engine"
local cells = require "briefpress.table_cells"
local format_number, text_width = engine.format.number, engine.text.width
local match, type = string.match, type
local SAMPLE = 2000 -- Rows of a long table that are measured.

local M = {}

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

--- Measures such columns, of any width.
function M.measure(self, cx)
  for _, column in ipairs(self.columns) do
    if column.is_decimal then
      local most = measure_decimals(self, cx, column)
      if column.least then column.least, column.most = math.max(column.least, most), math.max(column.most, most) end
    end
  end
end

return M
