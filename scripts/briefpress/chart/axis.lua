--- Axes: which part of the numbers, dates or names a plot shows, where it has ticks, and what is written at them. An
--- axis knows no points: `at` answers a share of its length, 0 to 1.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local scale = require "briefpress.chart.scale"
local ticks = require "briefpress.chart.ticks"
local log, max, min = math.log, math.max, math.min

local M = {}

local NEAR = 0.25 -- An axis that would begin this near to zero, as a part of its greatest value, begins there.

local known = options.define("chart.axis", {
  title = "string", min = "any", max = "any", ticks = "any", kind = { "number", "log", "time", "category" },
  decimals = "count", compact = "boolean", percent = "boolean", plus = "boolean", format = "function", grid = "boolean",
  zero = "boolean",
})

--- The option `x_axis` or `y_axis` of a chart, checked.
function M.options(self, name)
  local spec = self.spec[name]
  return spec and options.read("chart.axis", spec, known, true) or {}
end

--- A value as an axis or a label says it.
function M.format(spec, value, decimals)
  if spec.format then
    local text = spec.format(value)
    return type(text) == "string" and text or tostring(text)
  end
  local compact = spec.compact
  return engine.format.number(value, { decimals = not compact and (spec.decimals or decimals) or spec.decimals,
    compact = compact, percent = spec.percent, plus = spec.plus and value ~= 0 or nil })
end

--- A limit that a layout gives, as a number.
local function limit(self, given, name)
  if given == nil or type(given) == "number" then return given end
  local date = type(given) == "string" and scale.years(given)
  if not date then options.fail(("%s: %s must be a number or a date"):format(self.name, name), self.place) end
  return date
end

local Axis = {}
Axis.__index = Axis

function Axis:at(value)
  if self.is_log then return (log(value) - log(self.low)) / (log(self.high) - log(self.low)) end
  return (value - self.low) / (self.high - self.low)
end

--- True where a value is on it.
function Axis:has(value)
  local slack = (self.high - self.low) * 1e-9
  return value >= self.low - slack and value <= self.high + slack
end

local function make(spec, low, high, list, is_log)
  return setmetatable({ spec = spec, low = low, high = high, ticks = list, is_log = is_log, title = spec.title }, Axis)
end

--- Ticks that a layout lists, in any of the kinds.
local function given_ticks(self, spec, text_of)
  local list = {}
  for i, value in ipairs(spec.ticks) do
    local number = limit(self, value, "tick " .. i)
    list[i] = { value = number, text = text_of(value, number) }
  end
  return list
end

--- An axis of numbers.
---@param low number               Of the data.
---@param high number
---@param wanted integer           Ticks, about.
---@param is_loose boolean         It ends at ticks, not at the data.
---@param is_whole? boolean        Its values are counts: no ticks between whole numbers.
function M.number(self, spec, low, high, wanted, is_loose, is_whole)
  low, high = limit(self, spec.min, "min") or low, limit(self, spec.max, "max") or high
  local is_near = is_loose and spec.zero == nil and not spec.min and not spec.max
    and (low > 0 and low <= high * NEAR or high < 0 and high >= low * NEAR)
  if spec.zero or is_near then low, high = min(low, 0), max(high, 0) end
  if low > high or (low == high and spec.min and spec.max) then
    options.fail(("%s: an axis from %g to %g has no length"):format(self.name, low, high), self.place)
  end
  if low == high then -- One value stands in the middle.
    local half = low == 0 and 1 or math.abs(low) * 0.1
    low, high = spec.min and low or low - half, spec.max and high or high + half
  end
  if type(spec.ticks) == "number" then wanted = spec.ticks end
  local values
  if type(spec.ticks) == "table" then
    values = {}
    for i, value in ipairs(spec.ticks) do values[i] = options.expect(value, "number", self.name .. ": tick " .. i) end
  else
    local step
    repeat
      values, step = ticks.numbers(low, high, wanted)
      wanted = wanted - 1
    until not is_whole or step % 1 == 0 or wanted < 2
    if is_whole and step % 1 ~= 0 then
      values, step = { math.floor(low), math.ceil(high) }, math.ceil(high) - math.floor(low)
    end
    if is_loose then -- Ends at a tick where it is near, so that the highest value does not float in the open.
      local first, last = values[1], values[#values]
      while first > low + step * 1e-9 and not spec.min do
        first = first - step
        table.insert(values, 1, tonumber(("%.14g"):format(first)))
      end
      while last < high - step * 1e-9 and not spec.max do
        last = last + step
        values[#values + 1] = tonumber(("%.14g"):format(last))
      end
      low, high = spec.min and low or min(low, first), spec.max and high or max(high, last)
    end
  end
  local list, decimals = {}, ticks.decimals(values)
  local greatest = 0
  for _, value in ipairs(values) do greatest = max(greatest, math.abs(value)) end
  local style = spec
  if greatest >= 1e6 and spec.compact == nil and not spec.decimals then
    style = setmetatable({ compact = true }, { __index = spec })
  end
  local slack = (high - low) * 1e-9
  for _, value in ipairs(values) do
    if value >= low - slack and value <= high + slack then
      list[#list + 1] = { value = value, text = M.format(style, value, decimals) }
    end
  end
  return make(spec, low, high, list)
end

--- An axis of powers: all values are above zero.
function M.log(self, spec, low, high, wanted)
  low, high = limit(self, spec.min, "min") or low, limit(self, spec.max, "max") or high
  if low <= 0 then
    options.fail(("%s: a logarithmic axis has no place for %g; its values are above zero"):format(self.name, low),
      self.place)
  end
  if low >= high then low, high = low / 2, high * 2 end
  local values = ticks.powers(low, high, wanted)
  if not spec.min then low = min(low, values[1] or low) end
  if not spec.max then high = max(high, values[#values] or high) end
  local list = {}
  for _, value in ipairs(values) do
    if value >= low * (1 - 1e-9) and value <= high * (1 + 1e-9) then
      list[#list + 1] = { value = value, text = M.format(spec, value, ticks.decimals { value }) }
    end
  end
  return make(spec, low, high, list, true)
end

local names = { year = "y", quarter = "QQQ", month = "MMM" }
local begins = { ["01"] = true, Q1 = true }

--- A date at a tick as the layout's `format` writes it. One that asks for what the date does not have learns why.
local function own_text(spec, date, kind)
  local is_written, text = pcall(M.format, spec, date)
  if is_written then return text end
  if type(text) == "string" and text:find("has nothing", 1, true) then
    text = ("%s; the axis has its ticks at %ss, ticks = changes that"):format(text, kind)
  end
  error(text, 0)
end

--- An axis of dates, in years. At months and quarters the year stands below the first, and where it begins.
function M.time(self, spec, low, high, most, _, part)
  low, high = limit(self, spec.min, "min") or low, limit(self, spec.max, "max") or high
  if low >= high then low, high = low - 0.5, high + 0.5 end
  local list = {}
  if type(spec.ticks) == "table" then
    list = given_ticks(self, spec, function(value)
      return spec.format and M.format(spec, value) or type(value) == "string" and engine.format.date(value, "short")
        or engine.format.number(value, { grouping = false })
    end)
  else
    local dates, kind = ticks.dates(low, high, type(spec.ticks) == "number" and spec.ticks or most, part)
    for i, date in ipairs(dates) do
      local tick = { value = scale.years(date) }
      tick.text = spec.format and own_text(spec, date, kind) or engine.format.date(date, names[kind])
      if not spec.format and kind ~= "year" and (i == 1 or begins[date:sub(6)]) then
        tick.year, tick.begins = engine.format.date(date:sub(1, 4), "short"), begins[date:sub(6)]
      end
      list[i] = tick
    end
  end
  local made = make(spec, low, high, list)
  made.has_years = list[1] ~= nil and list[1].year ~= nil
  return made
end

--- An axis of names: each has a place of its own, 1 wide, its middle at its number.
---@param list string[]
---@param is_open boolean          Half a place of room before the first and behind the last.
function M.category(_, spec, list, is_open)
  local marks = {}
  for i, name in ipairs(list) do marks[i] = { value = i, text = name } end
  local half = (is_open or #list == 1) and 0.5 or 0
  local axis = make(spec, 1 - half, #list + half, marks)
  axis.is_category = true
  return axis
end

return M
