--- Sums of columns: of a group, of all rows, and of the rows so far, which pages carry forward. They are sums of the
--- figures as they are printed, reckoned in whole numbers: a reader who adds up what stands there gets the same.
local cells = require "briefpress.table_cells"
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local floor, math_type, type = math.floor, math.type, type
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
      list[#list + 1] = { c = c, column = column, read = column.read, scale = 10 ^ (decimals or 6),
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

--- A value in whole parts of the last decimal; nil where it is no number.
local function whole_of(self, part, value)
  if type(value) == "table" and cells.is_rich(value) then value = value[1] end
  if kind.of(value) == "indicator" then value = value.value end
  if type(value) ~= "number" or value - value ~= 0 then return nil end
  local scale = part.scale
  if math_type(value) == "integer" then
    if scale == 1 then return value end
    value = value * scale
  else
    value = value * scale
  end
  local size = value < 0 and -value or value
  if size > MOST then
    options.fail(('table: a value of column "%s" is too large to be added up exactly; give the column decimals')
      :format(part.column.title or part.c), self.owner.place)
  end
  size = floor(size + 0.5 + size * NUDGE)
  return value < 0 and -size or size
end

--- Adds row `i` to each of the states given.
---@param i integer
---@param all table<integer, integer>
---@param group? table<integer, integer>
function Sums:add(i, all, group)
  for n, part in ipairs(self.list) do
    local value = whole_of(self, part, part.read(i))
    if value then
      if part.is_last then
        all[n] = value
      else
        local sum = (all[n] or 0) + value
        if sum > MOST or sum < -MOST then
          options.fail(('table: the sum of column "%s" is too large to be exact; give the column fewer decimals')
            :format(part.column.title or part.c), self.owner.place)
        end
        all[n] = sum
        if group then group[n] = (group[n] or 0) + value end
      end
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

--- The texts that a column must have room for. An iterator's last sum is not known: a hundred times that of the rows
--- that are measured is thought to be enough.
---@return string[]
function Sums:samples(column)
  local owner = self.owner
  if not self.measured then
    self.measured, self.peak = {}, {}
    local all = {}
    for i = 1, owner.sampled or owner.count do
      self:add(i, all)
      for n, value in next, all do
        if math.abs(value) > math.abs(self.peak[n] or 0) then self.peak[n] = value end
      end
    end
    self.measured = all
  end
  local texts = {}
  for n, part in ipairs(self.list) do
    if part.column == column then
      local is_open = owner.sampled and not owner.stream.count and not part.is_last
      for _, whole in ipairs { self.measured[n] or 0, self.peak[n] or 0 } do
        texts[#texts + 1] = text_of(part, is_open and math.abs(whole) < MOST / 100 and whole * 100 or whole)
      end
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
