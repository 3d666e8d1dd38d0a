--- Scales: from values to points, round steps for axes, and dates as numbers.
local floor, log = math.floor, math.log

local M = {}

--- The round step (1, 2, 2.5 or 5 times a power of ten) that cuts `span` into at most `most` parts.
---@param span number
---@param most integer
---@return number
function M.step(span, most)
  if span <= 0 then return 1 end
  local rough = span / most
  local power = 10 ^ floor(log(rough, 10))
  for _, factor in ipairs { 1, 2, 2.5, 5, 10 } do
    if factor * power >= rough * 0.999999 then return factor * power end
  end
  return 10 * power
end

--- The least and the greatest of the values, with zero among them: bars start at zero.
---@param values number[]
---@return number low
---@return number high
function M.range(values)
  local low, high = 0, 0
  for _, value in ipairs(values) do
    if value < low then low = value end
    if value > high then high = value end
  end
  if low == high then high = 1 end
  return low, high
end

local days = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 }

--- A date (year, month, quarter, day) as a number of years: its beginning, or with `at_end` its end.
---@param date string
---@param at_end? boolean
---@return number?
function M.years(date, at_end)
  local year, rest = date:match("^(%d%d%d%d)(.*)$")
  if not year then return nil end
  year = tonumber(year)
  if rest == "" then return at_end and year + 1 or year end
  local quarter = rest:match("^%-Q([1-4])$")
  if quarter then return year + (tonumber(quarter) - (at_end and 0 or 1)) / 4 end
  local month, day = rest:match("^%-(%d%d)%-?(%d*)$")
  month = tonumber(month)
  if not month or month < 1 or month > 12 then return nil end
  if day == "" then
    return year + (at_end and (days[month + 1] or 365) or days[month]) / 365
  end
  return year + (days[month] + tonumber(day) - 1) / 365
end

--- Moves labels apart: positions in order, each at least `pitch` from the next, inside `low` to `high` where there is
--- room. Changes the list.
---@param list {at:number, size:number}[]  Sorted by `at`, which is the middle; `size` is the extent.
---@param low number
---@param high number
---@param gap number
function M.spread(list, low, high, gap)
  local edge = low
  for _, label in ipairs(list) do
    label.at = math.max(label.at, edge + label.size / 2)
    edge = label.at + label.size / 2 + gap
  end
  edge = high
  for i = #list, 1, -1 do
    local label = list[i]
    if label.at + label.size / 2 > edge then label.at = edge - label.size / 2 end
    edge = label.at - label.size / 2 - gap
  end
end

return M
