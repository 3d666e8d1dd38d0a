--- How wide the columns of a table want to be: what their cells take at least and in full.
local engine = require "briefpress.engine"
local cells = require "briefpress.table_cells"
local text_width = engine.text.width
local find, type = string.find, type
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

return M
