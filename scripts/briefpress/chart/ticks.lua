--- Where the ticks of an axis stand: round numbers, years and their parts, powers of ten.
---
--- Numbers follow "An Extension of Wilkinson's Algorithm for Positioning Tick Labels on Axes" (Talbot, Lin and
--- Hanrahan, 2010): of all rows of round steps, the one that is simplest, covers the data best and is as dense as
--- wanted, by a sum of these three with the weights of that paper. The search ends where nothing that follows can be
--- better.
local floor, ceil, log, max, min = math.floor, math.ceil, math.log, math.max, math.min

local M = {}

local STEPS = { 1, 5, 2, 2.5, 4, 3 } -- From the roundest on.
local SIMPLE, COVER, DENSE, LEGIBLE = 0.25, 0.2, 0.5, 0.05

local function clean(value)
  value = tonumber(("%.14g"):format(value))
  return value == 0 and 0.0 or value
end

local function simplicity(i, skip, first, last, step)
  local has_zero = first <= 0 and last >= 0 and math.abs(first / step - floor(first / step + 0.5)) < 1e-9
  return 1 - (i - 1) / (#STEPS - 1) - skip + (has_zero and 1 or 0)
end

local function coverage(low, high, first, last)
  return 1 - 0.5 * ((high - last) ^ 2 + (low - first) ^ 2) / (0.1 * (high - low)) ^ 2
end

local function coverage_most(low, high, span)
  local half = (span - (high - low)) / 2
  return half > 0 and 1 - half ^ 2 / (0.1 * (high - low)) ^ 2 or 1
end

local function density(count, wanted, low, high, first, last)
  local is, should = (count - 1) / (last - first), (wanted - 1) / (max(last, high) - min(first, low))
  return 2 - max(is / should, should / is)
end

local function density_most(count, wanted)
  return count >= wanted and 2 - (count - 1) / (wanted - 1) or 1
end

--- Round numbers for an axis from `low` to `high`.
---@param low number
---@param high number
---@param wanted integer           How many, about: 2 or more.
---@return number[] values
---@return number step
function M.numbers(low, high, wanted)
  if high - low <= math.abs(high) * 1e-12 then return { clean(low) }, 1 end
  wanted = max(2, wanted)
  local best, best_score = nil, -2
  local function rest(simple, cover, dense) return SIMPLE * simple + COVER * cover + DENSE * dense + LEGIBLE end
  for skip = 1, 30 do
    local is_over = true
    for i, round in ipairs(STEPS) do
      local simple = 2 - (i - 1) / (#STEPS - 1) - skip
      if rest(simple, 1, 1) < best_score then goto next_step end
      is_over = false
      for count = 2, 40 do
        local dense = density_most(count, wanted)
        if rest(simple, 1, dense) < best_score then break end
        local power = ceil(log((high - low) / (count + 1) / skip / round, 10))
        for exponent = power, power + 20 do
          local step = skip * round * 10.0 ^ exponent
          if rest(simple, coverage_most(low, high, step * (count - 1)), dense) < best_score then break end
          for start = floor(high / step) * skip - (count - 1) * skip, ceil(low / step) * skip do
            local first = start * (step / skip)
            local last = first + step * (count - 1)
            local score = rest(simplicity(i, skip, first, last, step), coverage(low, high, first, last),
              density(count, wanted, low, high, first, last))
            if score > best_score then best, best_score = { first, step, count }, score end
          end
        end
      end
      ::next_step::
    end
    if is_over then break end
  end
  if not best then return { clean(low), clean(high) }, high - low end
  local values = {}
  for i = 1, best[3] do values[i] = clean(best[1] + (i - 1) * best[2]) end
  return values, clean(best[2])
end

--- The decimals that tell all of some numbers apart and show each of them whole.
---@param values number[]
---@return integer
function M.decimals(values)
  for decimals = 0, 9 do
    local is_whole = true
    for _, value in ipairs(values) do
      local scaled = value * 10 ^ decimals
      if math.abs(scaled - floor(scaled + 0.5)) > 1e-6 then
        is_whole = false
        break
      end
    end
    if is_whole then return decimals end
  end
  return 9
end

--- Powers of ten from `low` to `high` (both above zero), with 2 and 5 times them where there are few.
---@return number[]
function M.powers(low, high, wanted)
  local from, to = floor(log(low, 10) + 1e-9), ceil(log(high, 10) - 1e-9)
  local parts = to - from <= 1 and { 1, 2, 5 } or (to - from) * 2 + 1 <= wanted and { 1, 3 } or { 1 }
  local skip = max(1, ceil((to - from + 1) / max(wanted, 2)))
  local values = {}
  for power = from, to, skip do
    for _, part in ipairs(skip == 1 and parts or { 1 }) do
      local value = clean(part * 10.0 ^ power)
      if value >= low * (1 - 1e-9) / (part == 1 and 10 or 1) and value <= high * (1 + 1e-9) * (part == 1 and 10
        or 1) then
        values[#values + 1] = value
      end
    end
  end
  return values
end

local YEARS = { 1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000 }

local EACH = { 1, 3, 6 } -- Months between ticks.

--- Dates for an axis in years (2022.5 is the middle of 2022): years, quarters, or each, each third or sixth month, as
--- many as are wanted at most. Ticks are at nothing finer than the data, and at quarters only where the data are.
---@param low number
---@param high number
---@param most integer
---@param part? "year"|"quarter"|"month"  What the data are; unknown: ticks at months or quarters.
---@return string[] dates           "2022", "2022-Q3", "2022-07".
---@return "year"|"quarter"|"month" kind
function M.dates(low, high, most, part)
  local span = high - low
  local function between(year) return year >= low - 1e-6 and year <= high + 1e-6 end
  for _, step in ipairs(part == "month" and EACH or part == nil and { 1 } or {}) do
    if span * 12 / step <= most - 1 and span < 3 * step then
      local dates = {}
      for year = floor(low), floor(high) do
        for month = 1, 12, step do
          local date = ("%04d-%02d"):format(year, month)
          if between(require("briefpress.chart.scale").years(date)) then dates[#dates + 1] = date end
        end
      end
      if #dates >= 2 then return dates, "month" end
    end
  end
  if (part == nil or part == "quarter") and span * 4 <= most - 1 and span < 6 then
    local dates = {}
    for year = floor(low), floor(high) do
      for quarter = 1, 4 do
        if between(year + (quarter - 1) / 4) then dates[#dates + 1] = ("%04d-Q%d"):format(year, quarter) end
      end
    end
    if #dates >= 2 then return dates, "quarter" end
  end
  local step = YEARS[#YEARS]
  for _, years in ipairs(YEARS) do
    if span / years <= most - 1 then
      step = years
      break
    end
  end
  local dates = {}
  for year = ceil((low - 1e-6) / step) * step, high + 1e-6, step do dates[#dates + 1] = ("%04d"):format(floor(year)) end
  return dates, "year"
end

return M
