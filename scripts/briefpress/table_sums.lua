--- Sums of columns: of a group, of all rows, and of the rows so far, which pages carry forward. They are sums of the
--- figures as they are printed, reckoned in whole numbers: a reader who adds up what stands there gets the same.
local cells = require "briefpress.table_cells"
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local floor, max, min, math_type, type = math.floor, math.max, math.min, math.type, type
local INTEGER_MOST = 9007199254 -- So that it is exact with six decimals.
local MOST = 9007199254740992 -- Whole numbers are exact up to here.
local NUDGE = 4.5e-16 -- What stands for 1.005 is a little less: it prints, and counts, as 1.01 nevertheless.

local M = {}

local Sums = {}
Sums.__index = Sums

--- The sums that a table asks for; nil where it asks for none.
---@param self table              The table block, bound.
local function new(self)
  local list = {}
  for c, column in ipairs(self.columns) do
    if column.sum or column.carry then
      local decimals = column.decimals or column.stored_decimals
      list[#list + 1] = { c = c, column = column, read = column.read, scale = math.tointeger(10 ^ (decimals or 6)),
        is_last = column.carry == "last" and not column.sum }
    end
  end
  if #list == 0 then return nil end
  local first = list[1].c
  if first == 1 then
    options.fail("table: the first column names the sums: columns with sum or carry stand behind it", self.place)
  end
  return setmetatable({ list = list, owner = self, label_columns = first - 1 }, Sums)
end

local function too_large(self, part, what)
  options.fail(('table: %s of column "%s" is too large to be exact; give the column fewer decimals'):format(what,
    part.column.title or part.c), self.owner.place)
end

--- The number of a value that is none: an indicator's, or that of a cell that says more; nil where there is none.
local function number_of(value)
  if type(value) == "table" and cells.is_rich(value) then value = value[1] end
  if kind.of(value) == "indicator" then value = value.value end
  return type(value) == "number" and value or nil
end

--- What a part adds for row `i`, in whole parts of the last decimal that is printed; nil where there is no number.
local function whole_of(self, part, i)
  local value, scale = part.read(i), part.scale
  local is = math_type(value)
  if not is then
    value = number_of(value)
    is = math_type(value)
    if not is then return nil end
  end
  if is == "integer" and value < INTEGER_MOST and value > -INTEGER_MOST then return value * scale end
  if value - value ~= 0 then return nil end
  value = value * (scale + 0.0)
  if value >= MOST or value <= -MOST then too_large(self, part, "a value") end
  local whole = floor(value)
  if whole == value then return whole end
  if value >= 0 then return floor(value + 0.5 + value * NUDGE) end
  return -floor(-value + 0.5 - value * NUDGE)
end

--- Adds row `i` to the states given: of all rows so far, and of the group.
---@param i integer
---@param all table<integer, integer>
---@param group? table<integer, integer>
function Sums:add(i, all, group)
  local list = self.list
  for n = 1, #list do
    local part = list[n]
    local value = whole_of(self, part, i)
    if value and part.is_last then
      all[n] = value
    elseif value then
      local sum = (all[n] or 0) + value
      if sum >= MOST or sum <= -MOST then too_large(self, part, "the sum") end
      all[n] = sum
      if group then group[n] = (group[n] or 0) + value end
    end
  end
end

local function text_of(part, whole)
  local value = whole or 0
  if part.scale ~= 1 then value = value / part.scale end
  local column = part.column
  if column.format then return column.format(value, {}) end
  return column.write_number(value)
end

--- What a row of sums prints, by column: those that are carried, or those that are summed.
---@param state table<integer, integer>
---@param is_carried boolean
---@return table<integer, string>
function Sums:texts(state, is_carried)
  local texts = {}
  for n, part in ipairs(self.list) do
    if is_carried and part.column.carry or not is_carried and part.column.sum then
      texts[part.c] = text_of(part, state[n])
    end
  end
  return texts
end

--- The sums that a column can come to at most, above and below zero.
local function bounds(self, part)
  local owner, low, high = self.owner, 0, 0
  for i = 1, owner.sampled or owner.count do
    local value = whole_of(self, part, i) or 0
    if part.is_last then
      low, high = min(low, value), max(high, value)
    elseif value > 0 then
      high = high + value
    else
      low = low + value
    end
  end
  if owner.sampled and not owner.stream.count and not part.is_last and high < MOST / 100 and low > -MOST / 100 then
    low, high = low * 100, high * 100
  end
  return low, high
end

--- The texts that a column must have room for. An iterator's last sum is not known: a hundred times that of the rows
--- that are measured is thought to be enough.
---@return string[]
function Sums:samples(column)
  local texts = {}
  for _, part in ipairs(self.list) do
    if part.column == column then
      if not part.low then part.low, part.high = bounds(self, part) end
      texts[1] = text_of(part, part.high)
      if part.low < 0 then texts[2] = text_of(part, part.low) end
    end
  end
  return texts
end

--- Gives a table the sums that its columns and options ask for.
---@param self table              The table block, its columns bound.
function M.bind(self)
  local has_sum = false
  for _, column in ipairs(self.columns) do
    has_sum = has_sum or column.sum
    self.carries = self.carries or column.carry ~= nil
  end
  if (self.total == true or self.has_subtotals) and not has_sum then
    options.fail(("table: %s = true needs a column with sum = true"):format(self.total == true and "total"
      or "subtotals"), self.place)
  end
  self.sums = new(self)
end

--- A copy of a state, so that what remains of a table has its own.
---@param state? table<integer, integer>
---@return table<integer, integer>
function M.copy(state)
  local copy = {}
  for n, value in next, state or {} do copy[n] = value end
  return copy
end

return M
