--- Series of points, for charts with two axes: of indicators (their observations), of lists, of tables. The values on
--- the horizontal axis are numbers, dates or names; a value that is missing is a gap.
local engine = require "briefpress.engine"
local inline = require "briefpress.inline"
local kind = require "briefpress.kind"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"
local scale = require "briefpress.chart.scale"

local M = {}

--- Options of charts that read series.
M.known = { rows = "any", x = "any", y = "any", series = "any", low = "string", high = "string", label = "string" }

local known_item = options.define("chart.series", {
  label = "string", values = "table", points = "table", low = "table", high = "table", color = "color", value = "any",
  dash = "table",
})
local known_point = options.define("chart.point", {
  x = "any", y = "any", low = "number", high = "number", label = "string", text = "string", size = "amount",
    color = "color",
})

local function number(value, what, place)
  if value == nil or value == false then return nil end
  if type(value) ~= "number" or value - value ~= 0 then
    options.fail(("%s must be a number (nil or false where it is missing), got %s"):format(what,
      type(value) == "string" and '"' .. value .. '"' or "a " .. type(value)), place)
  end
  return value
end

local function of_indicator(indicator, item)
  local points = {}
  for i, seen in ipairs(indicator:series()) do
    points[i] = { x = seen.period, y = seen.value, indicator = indicator, period = seen.period }
  end
  return { label = item and item.label or indicator.label, color = item and item.color, dash = item and item.dash,
    points = points, indicator = indicator }
end

local function of_item(self, cx, item)
  options.read(self.name .. ": series", item, known_item, true)
  local result = { label = item.label or "", color = item.color, dash = item.dash, points = {} }
  if item.value ~= nil then
    local indicator = inline.indicator(cx, item.value, self.name, self.place)
    if kind.of(indicator) ~= "indicator" then
      options.fail(self.name .. ": value = names an indicator; values = { ... } lists numbers", self.place)
    end
    return of_indicator(indicator, item)
  elseif item.points then
    for i, given in ipairs(item.points) do
      if type(given) ~= "table" then
        options.fail(("%s: point %d must be { x, y } or { x =, y = }, got a %s"):format(self.name, i, type(given)),
          self.place)
      end
      options.read(self.name .. ": point", given, known_point, true)
      local x, y = given.x, given.y
      if x == nil then x = given[1] end
      if y == nil then y = given[2] end
      result.points[i] = { x = x, y = number(y, ("%s: y of point %d"):format(self.name, i), self.place),
        low = given.low,
        high = given.high, label = given.label, text = given.text, size = given.size, color = given.color }
    end
  elseif item.values then
    local at = self.spec.x
    if at ~= nil and type(at) ~= "table" then
      options.fail(self.name .. ': x = names a column of rows; beside values it is a list, as x = { "2020", "2021" }',
        self.place)
    end
    local most = at and #at or 0
    for key in next, item.values do
      if type(key) == "number" and key > most then most = key end
    end
    if at and most > #at then
      options.fail(("%s: \"%s\" has %d values for %d in x"):format(self.name, result.label, most, #at), self.place)
    end
    for i = 1, most do
      result.points[i] = { x = at and at[i] or i, y = number(item.values[i],
        ("%s: value %d of \"%s\""):format(self.name, i,
        result.label), self.place), low = item.low and item.low[i] or nil, high = item.high and item.high[i] or nil }
    end
  else
    options.fail(self.name .. ": a series has values, points, or a value that is an indicator", self.place)
  end
  return result
end

--- The rows of a table of the data or of a list, as functions that read a column.
local function each_row(self, rows)
  if kind.of(rows) == "table" then
    local titles = {}
    for _, column in ipairs(rows.columns) do titles[column.id] = column end
    local next_row, state, at = rows:rows()
    return function()
      local row
      at, row = next_row(state, at)
      return row
    end, titles
  end
  if type(rows) ~= "table" then
    options.fail(self.name .. ": rows must be a table of the data or a list of rows", self.place)
  end
  local at = 0
  return function()
    at = at + 1
    return rows[at]
  end, {}
end
M.each_row = each_row

--- Fails where a column is named that a table of the data does not have, or none of a list of rows.
local function expect_column(self, titles, name)
  if not name or titles[name] then return end
  local rows, known = self.spec.rows, titles
  if next(titles) == nil then
    if type(rows) ~= "table" then return end -- An iterator's are not known yet.
    known = {}
    for _, row in ipairs(rows) do
      if type(row) ~= "table" or row[name] ~= nil then return end
      for key in next, row do
        if type(key) == "string" then known[key] = true end
      end
    end
    if next(known) == nil then return end
  end
  local list = {}
  for id in next, known do list[#list + 1] = id end
  table.sort(list)
  local near = engine.nearest(name, list)
  options.fail(('%s: the rows have no column "%s"%s'):format(self.name, name,
    near and ('; did you mean "%s"?'):format(near) or ""), self.place)
end

--- The same of several; `false` among them is none.
function M.expect_columns(self, titles, names)
  for _, name in ipairs(names) do expect_column(self, titles, name) end
end

local function of_rows(self)
  local spec = self.spec
  local read, titles = each_row(self, spec.rows)
  if type(spec.x) ~= "string" then
    options.fail(self.name .. ': rows need x = "column" and y = "column"', self.place)
  end
  local ys = type(spec.y) == "table" and spec.y or { spec.y }
  if #ys == 0 then options.fail(self.name .. ': rows need y = "column", or a list of columns', self.place) end
  for _, name in ipairs(ys) do options.expect(name, "string", self.name .. ": y") end
  for _, name in ipairs { spec.x, spec.series or false, spec.low or false, spec.high or false, spec.label or false,
    spec.size or false } do
    if name then expect_column(self, titles, name) end
  end
  for _, name in ipairs(ys) do expect_column(self, titles, name) end
  local list, by_name, row_number = {}, {}, 0
  for row in read do
    row_number = row_number + 1
    for _, y in ipairs(ys) do
      local name = spec.series and tostring(row[spec.series]) or ""
      local key = name .. "\0" .. y
      local series = by_name[key]
      if not series then
        local column = titles[y]
        local title = column and column.title ~= "" and column.title or y
        series = { label = #ys > 1 and (name ~= "" and name .. " " .. title or title) or name, points = {} }
        by_name[key] = series
        list[#list + 1] = series
      end
      series.points[#series.points + 1] = { x = row[spec.x],
        y = number(row[y], ('%s: column "%s" of row %d'):format(self.name, y, row_number), self.place),
        low = spec.low and row[spec.low] or nil, high = spec.high and row[spec.high] or nil,
        label = spec.label and row[spec.label] or nil, size = spec.size and row[spec.size] or nil }
    end
  end
  self.x_title = titles[spec.x] and titles[spec.x].title or nil
  return list
end

--- Turns what stands on the horizontal axis into numbers, and says of what kind it is.
local function settle_x(self, list, wanted)
  local all_numbers, all_dates, all_years, count = true, true, true, 0
  local part = "year"
  for _, series in ipairs(list) do
    for _, point in ipairs(series.points) do
      local x = point.x
      if x ~= nil and x ~= false then
        count = count + 1
        if type(x) == "number" then
          if x % 1 ~= 0 or x < 1500 or x > 2500 then all_years = false end
          all_dates = all_dates and all_years
        else
          all_numbers, all_years = false, false
          local text = tostring(x)
          if not scale.years(text) then all_dates = false end
          if #text > 4 and part ~= "month" then part = text:find("Q", 5, true) and "quarter" or "month" end
        end
      end
    end
  end
  if count == 0 then options.fail(self.name .. ": there is nothing to draw; it has no values", self.place) end
  self.is_counted = all_numbers and self.spec.x == nil
  local is = wanted or (all_years or (all_dates and not all_numbers)) and "time" or all_numbers and "number"
    or "category"
  if (is == "number" or is == "log") and not all_numbers then
    options.fail(self.name .. ": what stands in x is text; an axis of numbers needs numbers", self.place)
  end
  if is == "time" and not (all_dates or all_years or all_numbers) then
    options.fail(self.name .. ': what stands in x is no date; write "2022", "2022-07", "2022-Q3" or "2022-07-15"',
      self.place)
  end
  if is == "time" and (all_years or not all_numbers) then self.x_part = part end
  local categories, places = {}, {}
  for _, series in ipairs(list) do
    for i, point in ipairs(series.points) do
      local x = point.x
      if x == nil or x == false then x = i end
      point.shown = x
      if is == "category" then
        x = tostring(x)
        if not places[x] then
          categories[#categories + 1] = x
          places[x] = #categories
        end
        point.x = places[x]
      else
        point.x = type(x) == "number" and x or scale.years(x)
      end
      point.index = i
    end
    if is ~= "category" and self.is_ordered ~= false then
      table.sort(series.points, function(a, b)
        if a.x ~= b.x then return a.x < b.x end
        return a.index < b.index
      end)
    end
  end
  return is, categories
end

--- What a chart with two axes shows: its series, what kind of values are on the horizontal axis, and their names.
--- Fails where nothing is there to be drawn.
---@return table[] series           {label, color, points = {{x, y, low, high, label, size}}}
---@return "number"|"log"|"time"|"category" kind
---@return string[] categories
function M.read(cx, self, wanted_kind)
  local spec = self.spec
  local list
  if spec.rows ~= nil then
    list = of_rows(self)
  else
    list = {}
    local function add(items)
      if #items > 0 and type(items[1]) == "number" then -- A list of numbers is a series without a name.
        list[#list + 1] = of_item(self, cx, { values = items })
        return
      end
      for _, item in ipairs(items) do
        if type(item) == "string" then item = inline.indicator(cx, item, self.name, self.place) end
        local is = kind.of(item)
        if is == "indicator" then
          list[#list + 1] = of_indicator(item)
        elseif type(item) == "table" and is == nil and (item.values or item.points or item.value ~= nil
          or item.label) then
          list[#list + 1] = of_item(self, cx, item)
        elseif is == "list" or (type(item) == "table" and is == nil and #item > 0) then
          add(item)
        else
          options.fail(("%s: an item is a %s; expected an indicator or { label =, values = }"):format(self.name,
            is or type(item)), self.place)
        end
      end
    end
    add(self.list)
  end
  if #list == 0 then options.fail(self.name .. ": it has no items", self.place) end
  local is, categories = settle_x(self, list, wanted_kind)
  local has_value = false
  for _, series in ipairs(list) do
    for _, point in ipairs(series.points) do has_value = has_value or point.y ~= nil end
  end
  if not has_value then
    options.fail(self.name .. ": there is nothing to draw; all its values are missing", self.place)
  end
  return list, is, categories
end

--- What is printed of a point: its own text, the indicator's figure (which enters the ledger), or the number.
---@return string text
---@return integer? mark
function M.text(cx, self, point, format)
  if point.text then return point.text end
  if point.indicator then
    local text = point.indicator:format { period = point.period }
    point.mark = point.mark or ledger.enter(cx, point.indicator, text, "period=" .. point.period, self.place,
      point.period)
    return text, point.mark
  end
  return format(point.y)
end

--- The decimals with which all numbers of some lists of points are said alike: as many as one of them needs, two at
--- most; where all are below a tenth, as many as the greatest needs for two digits.
---@return integer
function M.decimals(list)
  local needed, greatest = 0, 0
  for _, series in ipairs(list) do
    for _, point in ipairs(series.points) do
      local y = point.y
      if y then
        greatest = math.max(greatest, math.abs(y))
        if y % 1 ~= 0 and needed < 2 then
          local tenths = y * 10
          local is_tenths = math.abs(tenths) >= 0.5 and math.abs(tenths - math.floor(tenths + 0.5)) < 1e-6
          needed = math.max(needed, is_tenths and 1 or 2)
        end
      end
    end
  end
  if needed == 2 and greatest < 0.1 and greatest > 0 then
    local values = {}
    for _, series in ipairs(list) do
      for _, point in ipairs(series.points) do values[#values + 1] = point.y end
    end
    return math.min(require("briefpress.chart.ticks").decimals(values), 1 - math.floor(math.log(greatest, 10)))
  end
  return needed
end

--- How a value on the horizontal axis is said.
function M.said_x(point, x_kind, spec)
  local x = point.shown
  if spec.format then return require("briefpress.chart.axis").format(spec, x) end
  if x_kind == "time" then
    return type(x) == "string" and engine.format.date(x, "medium") or engine.format.number(x, { grouping = false })
  end
  return type(x) == "number" and engine.format.number(x) or tostring(x)
end

--- The least and greatest of all values, with their bands.
---@return number low
---@return number high
function M.range(list)
  local low, high = math.huge, -math.huge
  for _, series in ipairs(list) do
    for _, point in ipairs(series.points) do
      for _, value in ipairs { point.y or false, point.low or false, point.high or false } do
        if value then low, high = math.min(low, value), math.max(high, value) end
      end
    end
  end
  return low, high
end

return M
