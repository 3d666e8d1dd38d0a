--- Rows from a function that begins anew each time it is called: it answers a function that gives one row at a time,
--- nil behind the last. Only rows that a page still needs are held; who asks for an earlier one makes the rows begin
--- anew.
local options = require "briefpress.options"

local M = {}

local Stream = {}
Stream.__index = Stream

---@param source fun():fun():table?
---@param place? string
function M.new(source, place)
  return setmetatable({ source = source, place = place, rows = {}, low = 1, high = 0 }, Stream)
end

--- Begins anew; rows before `low` are passed over.
local function begin(self, low)
  local take = self.source()
  if type(take) ~= "function" then
    options.fail(("table: rows must answer a function that gives a row at a time, it answered %s; write"
      .. " rows = function() local i = 0; return function() i = i + 1; return list[i] end end"):format(
      take == nil and "nothing" or "a " .. type(take)), self.place)
  end
  self.take, self.rows, self.low, self.high, self.last = take, {}, low, 0, nil
end

local function check(self, row, number)
  if type(row) ~= "table" and type(row) ~= "userdata" then
    options.fail(("table: row %d is a %s, expected a table"):format(number, type(row)), self.place)
  end
  if row == self.last then
    options.fail(("table: rows gave the same object for row %d as for the one before; give a table of its own for each,"
      .. " { name = row.name }"):format(number), self.place)
  end
  self.last = row
end

--- True where there is a row `i`.
function Stream:has(i)
  if i >= self.low and i <= self.high then return true end
  if self.count and i > self.count then return false end
  if not self.take or i < self.low then begin(self, math.min(i, self.low)) end
  local rows, low, high, take = self.rows, self.low, self.high, self.take
  while high < i do
    local row = take()
    if row == nil then
      if self.count and self.count ~= high then
        options.fail(("table: the rows were %d, asked again they are %d; rows must begin anew each time"):format(
          self.count, high), self.place)
      end
      self.high, self.count = high, high
      return false
    end
    high = high + 1
    check(self, row, high)
    if high >= low then rows[high] = row end
  end
  self.high = high
  return true
end

--- Row `i`, which must be there.
function Stream:row(i)
  return self.rows[i] or (self:has(i) and self.rows[i]) or nil
end

--- Lets go of the rows before `first`: when a page begins, no earlier one is needed.
function Stream:release(first)
  local rows = self.rows
  if first < self.low then return end
  for i = self.low, math.min(first - 1, self.high) do rows[i] = nil end
  self.low = first
end

return M
