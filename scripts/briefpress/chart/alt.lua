--- What charts say to people who cannot see them: the kind, the message, what is on the axes, the values, and where
--- they go; of more than some dozen how many there are, the first, last, least and greatest. In the report's language.
local axis = require "briefpress.chart.axis"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local inline = require "briefpress.inline"
local phrase = require("briefpress.phrase").phrase
local reading = require "briefpress.chart.series"

local M = {}

local SERIES_MOST = 6 -- Series whose values are listed one by one.
local PLAIN_MOST = 4 -- Values that are listed without saying which are the least and the greatest.

--- "Line chart: the message".
function M.head(self, cx)
  local head = phrase("alt_" .. self.name:match("[^.]+$"))
  if self.spec.title then head = head .. phrase "colon" .. inline.plain(cx, self.spec.title) end
  return head
end

local function count_of(count)
  return count == 1 and phrase "alt_one_value" or phrase("alt_values", { count = count })
end

--- A list of values in words: how many, first, last, least, greatest, trend.
---@param list {value:number, text:string, at:string}[]
---@param missing integer
---@param is_ordered boolean       They follow each other: the first, the last and the trend mean something.
---@param is_listed? boolean       They are said one by one behind it, so that less needs to be said here.
---@return string                  "" where nothing needs to be said.
function M.summary(list, missing, is_ordered, is_listed)
  local parts = { not is_listed and count_of(#list) or nil }
  if missing > 0 then parts[#parts + 1] = phrase("alt_missing", { count = missing }) end
  if #list == 0 then return table.concat(parts, phrase "separator") end
  local least, greatest = list[1], list[1]
  for _, one in ipairs(list) do
    if one.value < least.value then least = one end
    if one.value > greatest.value then greatest = one end
  end
  local first, last = list[1], list[#list]
  local function say(name, one) parts[#parts + 1] = phrase(name, { value = one.text, at = one.at }) end
  if least.value == greatest.value then
    parts[#parts + 1] = phrase("alt_all_equal", { value = first.text })
  else
    if is_ordered and not is_listed then
      say("alt_first", first)
      say("alt_last", last)
    end
    if not is_listed or #list > PLAIN_MOST then
      say("alt_least", least)
      say("alt_greatest", greatest)
    end
    if is_ordered then
      local change = (last.value - first.value) / (greatest.value - least.value)
      parts[#parts + 1] = phrase(change > 0.15 and "alt_rising" or change < -0.15 and "alt_falling" or "alt_level")
    end
  end
  return table.concat(parts, phrase "separator")
end

--- "a: 1; b: 2", of values of few enough.
local function listing(list)
  local parts = {}
  for i, one in ipairs(list) do parts[i] = (one.at ~= "" and one.at .. phrase "colon" or "") .. one.text end
  return table.concat(parts, phrase "semicolon")
end
M.listing = listing

--- Sentences into one text.
function M.join(sentences)
  return table.concat(sentences, phrase "stop")
end

--- An axis in words: its title and from where to where it goes.
function M.axis_said(name, title, from, to)
  local range = phrase("alt_range", { from = from, to = to })
  return phrase(name, { said = title and title ~= "" and title .. phrase "separator" .. range or range })
end

--- Of a chart of series.
function M.series(self, cx)
  local x_spec, y_spec = axis.options(self, "x_axis"), axis.options(self, "y_axis")
  local sentences = { M.head(self, cx) }
  local lists, low, high = {}, nil, nil
  local least_y, greatest_y = reading.range(self.series)
  for i, series in ipairs(self.series) do
    local list = { missing = 0 }
    for _, point in ipairs(series.points) do
      if point.y then
        local text = point.text or point.indicator and point.indicator:format { period = point.period }
          or axis.format(y_spec, point.y)
        list[#list + 1] = { value = point.y, text = text, at = reading.said_x(point, self.x_kind, x_spec) }
        if not low or point.x < low.x then low = point end
        if not high or point.x > high.x then high = point end
      else
        list.missing = list.missing + 1
      end
    end
    lists[i] = list
  end
  sentences[#sentences + 1] = M.axis_said("alt_horizontal", x_spec.title or self.x_title,
    reading.said_x(low, self.x_kind, x_spec), reading.said_x(high, self.x_kind, x_spec))
  sentences[#sentences + 1] = M.axis_said("alt_vertical", y_spec.title, axis.format(y_spec, least_y),
    axis.format(y_spec, greatest_y))
  if #self.series > 1 then sentences[#sentences + 1] = phrase("alt_series", { count = #self.series }) end
  for i, series in ipairs(self.series) do
    local is_listed = #lists[i] > 1 and #lists[i] <= frame.MOST_SAID and #self.series <= SERIES_MOST
    local said = M.summary(lists[i], lists[i].missing, true, is_listed)
    if is_listed then said = (said ~= "" and said .. phrase "stop" or "") .. listing(lists[i]) end
    sentences[#sentences + 1] = (series.label ~= "" and series.label .. phrase "colon" or "") .. said
  end
  return M.join(sentences)
end

--- Of a chart of items with a value each: few are listed, of many the summary is told.
function M.items(self, cx)
  local list, missing = {}, 0
  for _, item in ipairs(self.items) do
    for i, value in ipairs(item.values or { item }) do
      if value and value.value then
        local name = item.name or item.label or ""
        local series = item.values and self.series_names and self.series_names[i]
        list[#list + 1] = { value = value.value, text = value.said or value.text or engine.format.number(value.value),
          at = series and (name ~= "" and name .. phrase "separator" .. series or series) or name }
      else
        missing = missing + 1
      end
    end
  end
  local said = #list > frame.MOST_SAID and M.summary(list, missing, false) or listing(list)
  local held = self.references and require("briefpress.chart.references").said(self.references)
  return M.join { M.head(self, cx), said, held }
end

return M
