--- Histograms: how many values fall into each of some intervals of one width. The width is a round number, near to
--- that of Freedman and Diaconis (twice the range of the middle half, over the cube root of the count); bars start at
--- zero.
local axis = require "briefpress.chart.axis"
local colors = require "briefpress.chart.colors"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local kind = require "briefpress.kind"
local labels = require "briefpress.chart.labels"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local plane = require "briefpress.chart.plane"
local reading = require "briefpress.chart.series"
local scale = require "briefpress.chart.scale"
local floor = math.floor

local M = {}

local known = options.define("chart.histogram", frame.options { rows = "any", x = "string", bin_width = "amount",
  bins = "count",
  start = "number", share = "boolean", labels = "boolean", median = "boolean", mean = "boolean" })
for key, sort in next, plane.known do known[key] = sort end

local BINS_MOST = 200

local Plot = {}

local function gather(self)
  local spec, values = self.spec, {}
  local function add(value, what)
    if value == nil or value == false then return end
    if type(value) ~= "number" or value - value ~= 0 then
      options.fail(("chart.histogram: %s is no number: %s"):format(what, tostring(value)), self.place)
    end
    values[#values + 1] = value
  end
  if spec.rows ~= nil then
    if not spec.x then options.fail('chart.histogram: rows need x = "column"', self.place) end
    local row_number = 0
    for row in reading.each_row(self, spec.rows) do
      row_number = row_number + 1
      add(row[spec.x], ('"%s" of row %d'):format(spec.x, row_number))
    end
  else
    for _, given in ipairs(self.list) do
      if type(given) == "number" then
        add(given, "a value")
      elseif kind.of(given) == "indicator" then
        add(given.value, "a value")
      elseif type(given) == "table" then
        local most = 0
        for key in next, given do
          if type(key) == "number" and key > most then most = key end
        end
        for i = 1, most do
          local one = given[i]
          if kind.of(one) == "indicator" then one = one.value end
          add(one, "value " .. i)
        end
      else
        options.fail(("chart.histogram: an item is a %s; expected numbers, or a list of them"):format(type(given)),
          self.place)
      end
    end
  end
  if #values == 0 then options.fail("chart.histogram: there is nothing to draw; it has no values", self.place) end
  table.sort(values)
  return values
end

--- The value below which a part of a sorted list lies.
local function quantile(values, part)
  local at = (#values - 1) * part + 1
  local low = floor(at)
  return values[low] + (values[math.min(low + 1, #values)] - values[low]) * (at - low)
end

--- The width of the intervals where the layout names none.
local function usual_width(values, bins)
  local span = values[#values] - values[1]
  if span == 0 then return math.max(math.abs(values[1]) * 0.1, 1) end
  if bins then return span / math.max(bins, 1) end
  local middle = quantile(values, 0.75) - quantile(values, 0.25)
  local count = #values
  local wide = 2 * middle / count ^ (1 / 3)
  local sturges = span / (math.log(count, 2) + 1)
  if wide <= 0 then wide = sturges end
  wide = math.max(wide, span / 60)
  local above = scale.step(wide, 1)
  local below = scale.step(above / 2.6, 1) -- The round number before it.
  return wide / below < above / wide and below or above
end

function Plot.prepare(self)
  local spec, values = self.spec, gather(self)
  local wide = spec.bin_width or usual_width(values, spec.bins)
  if wide <= 0 then options.fail("chart.histogram: bin_width must be more than 0", self.place) end
  local start = spec.start or (spec.bins and not spec.bin_width and values[1]) or floor(values[1] / wide + 1e-9) * wide
  if not spec.start then start = math.min(start, values[1]) end
  if start > values[1] then
    options.fail(("chart.histogram: start (%g) is above the least value (%g)"):format(start, values[1]), self.place)
  end
  local count = math.max(1, floor((values[#values] - start) / wide + 1e-9) + 1)
  if spec.bins and not spec.bin_width then count = math.max(1, math.min(spec.bins,
    count)) end -- The greatest is in the last.
  if count > BINS_MOST then
    options.fail(("chart.histogram: intervals of %g make %d bars, %d at most; make bin_width wider"):format(wide, count,
      BINS_MOST), self.place)
  end
  local bins = {}
  for i = 1, count do bins[i] = { from = start + (i - 1) * wide, to = start + i * wide, count = 0 } end
  for _, value in ipairs(values) do
    local bin = bins[math.min(count, floor((value - start) / wide + 1e-9) + 1)]
    bin.count = bin.count + 1
  end
  self.values, self.bins = values, bins
  for _, bin in ipairs(bins) do bin.value = spec.share and bin.count / #values * 100 or bin.count end
  return bins
end

function Plot.extent(self)
  local high = 0
  for _, bin in ipairs(self.bins) do high = math.max(high, bin.value) end
  return { x_low = self.bins[1].from, x_high = self.bins[#self.bins].to, y_low = 0, y_high = high }
end

local function mean_of(values)
  local sum = 0
  for _, value in ipairs(values) do sum = sum + value end
  return sum / #values
end

--- A number of the data's own precision, for the median and the mean.
local function said(self, value)
  local spec = axis.options(self, "x_axis")
  local most = 0
  for _, one in ipairs(self.values) do
    if one % 1 ~= 0 then most = 1 end
  end
  return axis.format(spec, value, most)
end

function Plot.measure(self, cx, width, height)
  local spec = self.spec
  local how = Plot.extent(self)
  how.x_kind, how.y_whole = "number", not spec.share
  local y_spec = axis.options(self, "y_axis")
  how.y_spec = spec.share and y_spec.percent == nil and setmetatable({ percent = true }, { __index = y_spec }) or y_spec
  how.y_ticks, how.headroom = spec.labels ~= true, (spec.labels or spec.median or spec.mean) and 12 or 0
  local own = spec.references
  local references = {}
  for i, reference in ipairs(own or {}) do references[i] = reference end
  if spec.median then
    local value = quantile(self.values, 0.5)
    references[#references + 1] = { x = value, label = phrase("chart_median", { value = said(self, value) }) }
  end
  if spec.mean then
    local value = mean_of(self.values)
    references[#references + 1] = { x = value, label = phrase("chart_mean", { value = said(self, value) }) }
  end
  how.references, how.value_on = references, "x"
  local plan = plane.lay(self, cx, width, height, how)
  for _, bin in ipairs(self.bins) do
    local left, right = plan:px(bin.from), plan:px(bin.to)
    if bin.value > 0 then plan.placer:avoid(left, plan:py(bin.value), right - left, plan:py(0) - plan:py(bin.value)) end
  end
  plane.add_annotations(self, plan, cx, function(value)
    for _, bin in ipairs(self.bins) do
      if value >= bin.from and value <= bin.to then return bin.value end
    end
  end)
  if spec.labels == true then
    local style = cx:style("chart_label", { weight = 500 })
    local _, below = labels.extent(style)
    for _, bin in ipairs(self.bins) do
      if bin.value > 0 then
        plan.placer:add { style = style, text = axis.format(how.y_spec, bin.value, spec.share and 1 or 0),
          priority = bin.value,
          at = { { (plan:px(bin.from) + plan:px(bin.to)) / 2, plan:py(bin.value) - below - 2, "center" } } }
      end
    end
  end
  plan.placer:solve()
  return plan.height, plan
end

function Plot.draw(self, cx, canvas, x, y, _, _, plan)
  plane.draw_ground(plan, cx, canvas, x, y)
  local fill = self.spec.color and cx:color(self.spec.color) or colors.series(cx, 1)
  local path, n = {}, 0
  for _, bin in ipairs(self.bins) do
    if bin.value > 0 then
      local left, right, top = plan:px(bin.from), plan:px(bin.to), plan:py(bin.value)
      local gap = right - left > 4 and 0.8 or 0
      path[n + 1], path[n + 2], path[n + 3] = "R", x + left + gap / 2, y + top
      path[n + 4], path[n + 5] = math.max(right - left - gap, 0.2), plan:py(0) - top
      n = n + 5
    end
  end
  canvas:path(path, { fill = fill })
  plane.draw_front(plan, cx, canvas, x, y)
end

function Plot.describe(self, cx)
  local alt = require "briefpress.chart.alt"
  local x_spec = axis.options(self, "x_axis")
  local values, list = self.values, {}
  for i, bin in ipairs(self.bins) do
    list[i] = { value = bin.value, text = self.spec.share and engine.format.number(bin.value,
      { decimals = 1, percent = true })
      or engine.format.number(bin.count), at = phrase("alt_interval", { from = said(self, bin.from),
        to = said(self, bin.to) }) }
  end
  local sentences = { alt.head(self, cx), alt.axis_said("alt_horizontal", x_spec.title, said(self, values[1]),
    said(self, values[#values])), phrase(#values == 1 and "alt_one_value" or "alt_values", { count = #values }),
    phrase("alt_median", { value = said(self, quantile(values, 0.5)) }) }
  sentences[#sentences + 1] = #list <= frame.MOST_SAID and alt.listing(list) or alt.summary(list, 0, false)
  return alt.join(sentences)
end

--- See scripts/types.
function M.histogram(spec)
  options.expect(spec, "table", "chart.histogram")
  spec = options.read("chart.histogram", spec, known)
  return frame.make("chart.histogram", spec, Plot, options.list(spec))
end

return M
