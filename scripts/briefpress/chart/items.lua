--- The items of a chart: indicators, their ids, observations of one, or tables with a label and a value. Each becomes
--- {label, value, text, color, note}; what is printed of an indicator comes through its format and enters the ledger.
local engine = require "briefpress.engine"
local inline = require "briefpress.inline"
local kind = require "briefpress.kind"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"

local M = {}

local known = options.define("chart.item", {
  label = "string", value = "any", text = "string", color = "color", note = "string", values = "table",
})

--- One value: of an indicator, its id, or a number.
---@param format? table             {decimals}; the number's or indicator's own when left out.
---@return table                    {value, text, indicator, mark}; is_plain: the number's text is not settled.
function M.value(cx, given, what, place, format)
  if type(given) == "number" then
    if given - given ~= 0 then options.fail(what .. ": a value must be finite", place) end
    return { value = given, text = engine.format.number(given, format), is_plain = true }
  end
  if given == nil then options.fail(what .. ": a value is missing", place) end
  if type(given) == "string" and tonumber(given) and not cx.data.indicators:has(given) then
    options.fail(('%s: a value is a number, got the text "%s"; leave its quotes out'):format(what, given), place)
  end
  local indicator = inline.indicator(cx, given, what, place)
  if kind.of(indicator) ~= "indicator" then
    options.fail(("%s: a value must be a number or an indicator, got a %s"):format(what, type(given)), place)
  end
  local text = indicator:format(format)
  return { value = indicator.value, text = text, indicator = indicator,
    mark = ledger.enter(cx, indicator, text, "chart", place) }
end

--- Writes the plain numbers of a list of items, and what they are held against, with one number of decimals: as many
--- as one of them needs, or as the layout asks. Answers that number; nil where there is no plain number.
---@return integer? decimals
function M.level(list, decimals)
  local values = {}
  local function note(one)
    if one and one.value and one.is_plain then values[#values + 1] = { y = one.value, of = one } end
  end
  for _, item in ipairs(list) do
    note(item)
    note(item.target)
    for _, value in ipairs(item.values or {}) do note(value) end
  end
  if #values == 0 then return decimals end
  decimals = decimals or require("briefpress.chart.series").decimals { { points = values } }
  for _, one in ipairs(values) do one.of.text = engine.format.number(one.y, { decimals = decimals }) end
  return decimals
end

local function of_indicator(cx, indicator, place, format)
  local text = indicator:format(format)
  return { label = indicator.label, value = indicator.value, text = text, indicator = indicator,
    mark = ledger.enter(cx, indicator, text, "chart", place) }
end

--- The observations of an indicator, one item a period.
local function of_periods(cx, indicator, place, list, decimals)
  for _, seen in ipairs(indicator:series()) do
    local text = indicator:format { period = seen.period, decimals = decimals }
    list[#list + 1] = { label = engine.format.date(seen.period, "short"), value = seen.value, text = text,
      indicator = indicator, mark = ledger.enter(cx, indicator, text, "period=" .. seen.period, place, seen.period) }
  end
end

local function of_table(cx, item, what, place, format)
  options.read(what .. ": item", item, known, true)
  local result = { label = item.label, color = item.color, note = item.note, text = item.text }
  if item.values then
    result.values = {}
    local most = #item.values
    for key in next, item.values do
      if type(key) == "number" and key > most then most = key end
    end
    for i = 1, most do -- One that is missing is false.
      local given = item.values[i]
      result.values[i] = given ~= nil and given ~= false and M.value(cx, given, what, place, format)
    end
    result.label = result.label or ""
    return result
  end
  local given = item.value
  if given == nil then given = item[1] end
  if given == nil then
    options.fail(('%s: "%s" has no value; give value = (a number, an indicator or its id)'):format(what,
      item.label or ""), place)
  end
  local value = M.value(cx, given, what, place, format)
  result.is_plain = value.is_plain and not item.text
  result.value, result.indicator, result.mark = value.value, value.indicator, value.mark
  result.text = item.text or value.text
  result.label = result.label or value.indicator and value.indicator.label or ""
  return result
end

--- The items of a chart in order; lists among them are opened up.
---@param cx briefpress.Context
---@param list any[]
---@param what string               The chart's name, for messages.
---@param place string
---@param by_period? boolean        An indicator stands for its observations.
---@param decimals? integer         Of all numbers.
---@return table[]
---@return integer? decimals        With which plain numbers are written.
function M.read(cx, list, what, place, by_period, decimals)
  local result, format = {}, { decimals = decimals }
  local function add(items)
    for i, item in ipairs(items) do
      if type(item) == "string" then
        local value = items[i + 1]
        if type(value) == "number" then
          options.fail(('%s: an item has names: { label = "%s", value = %g }'):format(what, item, value), place)
        end
        item = inline.indicator(cx, item, what, place)
      end
      local is = kind.of(item)
      if is == "indicator" then
        if by_period then
          of_periods(cx, item, place, result, decimals)
        else
          result[#result + 1] = of_indicator(cx, item, place, format)
        end
      elseif is == "observation" then
        result[#result + 1] = { label = engine.format.date(item.period, "short"), value = item.value,
          text = engine.format.number(item.value, format), is_plain = true }
      elseif type(item) == "table" and (item.value ~= nil or item.values or item.label) then
        result[#result + 1] = of_table(cx, item, what, place, format)
      elseif is == "list" or (type(item) == "table" and (is == nil or #item > 0)) then
        add(item)
      else
        options.fail(("%s: an item is a %s; expected an indicator or { label =, value = }"):format(what,
          is or type(item)), place)
      end
    end
  end
  add(list)
  if #result == 0 then
    options.fail(what .. ": it has no items; give it indicators, or { label = …, value = … }", place)
  end
  return result, M.level(result, decimals)
end

--- The items of a chart that may read rows too; notes the names of their series in `self.series_names`, and the
--- decimals of plain numbers in `self.decimals`.
function M.of(cx, self)
  local spec = self.spec
  if spec.rows ~= nil then
    local list = require("briefpress.chart.item_rows").read(self)
    self.decimals = M.level(list, spec.decimals)
    return list
  end
  local series = spec.series
  if series ~= nil and type(series) ~= "table" then
    options.fail(self.name .. ": series lists the names of the values; it names a column only beside rows", self.place)
  end
  self.series_names = series
  local list
  list, self.decimals = M.read(cx, self.list, self.name, self.place, spec.periods, spec.decimals)
  return list
end

--- How many values each item has; one where items are simple. Fails where they differ, or where all are missing.
---@return integer
function M.same_counts(self, list)
  local count, has_value
  for _, item in ipairs(list) do
    if item.values then
      count = count or #item.values
      if #item.values ~= count then
        options.fail(("%s: \"%s\" has %d values, the first item has %d"):format(self.name, item.label, #item.values,
          count), self.place)
      end
      for _, value in ipairs(item.values) do has_value = has_value or value end
    else
      has_value = has_value or item.value
    end
  end
  if not has_value then
    options.fail(self.name .. ": there is nothing to draw; all its values are missing", self.place)
  end
  if not count then return 1 end
  for _, item in ipairs(list) do
    if not item.values then
      options.fail(("%s: \"%s\" has one value, others have several"):format(self.name, item.label), self.place)
    end
  end
  local names = self.series_names
  if names and #names ~= count then
    options.fail(("%s: %d names in series for %d values"):format(self.name, #names, count), self.place)
  end
  return count
end

return M
