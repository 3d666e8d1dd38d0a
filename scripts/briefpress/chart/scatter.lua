--- Scatter plots: points by two numbers, named where there is room, in the shapes and colours of their series. `size`
--- makes them bubbles whose areas are in proportion; `trend` draws the line of least squares.
local axis = require "briefpress.chart.axis"
local colors = require "briefpress.chart.colors"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local labels = require "briefpress.chart.labels"
local legend = require "briefpress.chart.legend"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local plane = require "briefpress.chart.plane"
local reading = require "briefpress.chart.series"

local M = {}

local known = options.define("chart.scatter", frame.options { size = "string", trend = "boolean", labels = "boolean",
  point_size = "amount" })
for _, set in ipairs { reading.known, plane.known } do
  for key, kind in next, set do known[key] = kind end
end

local LIMIT = 0.35          -- Of a name, what points may cover.
local DOT, BUBBLE = 4.6, 30 -- The usual diameter, and that of the largest bubble.
local AT = { { 1, 0 }, { -1, 0 }, { 0, -1 }, { 0, 1 }, { 0.75, -0.75 }, { 0.75, 0.75 }, { -0.75, -0.75 },
  { -0.75, 0.75 } }

local Plot = {}

function Plot.prepare(self, cx)
  self.is_ordered = false
  local kind = axis.options(self, "x_axis").kind
  if kind == "category" then
    options.fail("chart.scatter: its horizontal axis is of numbers or dates; names stand in chart.dot", self.place)
  end
  self.series, self.x_kind = reading.read(cx, self, kind == "log" and "log" or kind or "number")
  self.most = 0
  for _, series in ipairs(self.series) do
    for _, point in ipairs(series.points) do
      if point.size then
        if type(point.size) ~= "number" or point.size < 0 then
          options.fail("chart.scatter: a size must be a number from 0", self.place)
        end
        self.most = math.max(self.most, point.size)
      end
    end
  end
  return self.series
end

function Plot.extent(self)
  local extent = { x_low = math.huge, x_high = -math.huge }
  extent.y_low, extent.y_high = reading.range(self.series)
  for _, series in ipairs(self.series) do
    for _, point in ipairs(series.points) do
      if point.y then
        extent.x_low, extent.x_high = math.min(extent.x_low, point.x), math.max(extent.x_high, point.x)
      end
    end
  end
  return extent
end

--- Each point with a value: {point, series, px, py, diameter}.
local function spots(self, plan)
  local list = {}
  for i, series in ipairs(self.series) do
    for _, point in ipairs(series.points) do
      if point.y then
        local wide = self.spec.point_size or DOT
        if self.most > 0 then
          wide = math.max(2, (self.spec.point_size or BUBBLE) * math.sqrt((point.size or 0) / self.most))
        end
        list[#list + 1] = { point = point, series = series, number = i, px = plan:px(point.x), py = plan:py(point.y),
          wide = wide }
      end
    end
  end
  return list
end

--- The line of least squares of all points, and how well they follow it (the correlation); nil where there is none.
function M.trend(series)
  local n, sx, sy, sxx, syy, sxy = 0, 0, 0, 0, 0, 0
  for _, one in ipairs(series) do
    for _, point in ipairs(one.points) do
      if point.y then n, sx, sy = n + 1, sx + point.x, sy + point.y end
    end
  end
  if n < 3 then return nil end
  local mx, my = sx / n, sy / n
  for _, one in ipairs(series) do
    for _, point in ipairs(one.points) do
      if point.y then
        local dx, dy = point.x - mx, point.y - my
        sxx, syy, sxy = sxx + dx * dx, syy + dy * dy, sxy + dx * dy
      end
    end
  end
  if sxx == 0 or syy == 0 then return nil end
  local slope = sxy / sxx
  return slope, my - slope * mx, sxy / math.sqrt(sxx * syy)
end

--- The line of least squares inside of the plot, in points: x1, y1, x2, y2; nil where there is none.
local function trend_line(self, plan)
  if self.x_kind == "log" or plan.y.is_log then return nil end
  local slope, base = M.trend(self.series)
  if not slope then return nil end
  local from, to = plan.x.low, plan.x.high
  if slope ~= 0 then
    local a, z = (plan.y.low - base) / slope, (plan.y.high - base) / slope
    from, to = math.max(from, math.min(a, z)), math.min(to, math.max(a, z))
  end
  if to <= from then return nil end
  return { plan:px(from), plan:py(slope * from + base), plan:px(to), plan:py(slope * to + base) }
end

function Plot.measure(self, cx, width, height)
  local entries, laid, tall = {}, nil, nil
  for i, series in ipairs(self.series) do
    series.paint = colors.series(cx, i, series.color or (#self.series == 1 and self.spec.color) or nil)
    series.shape = self.most > 0 and "circle" or colors.shapes[(i - 1) % #colors.shapes + 1]
    if series.label ~= "" then
      entries[#entries + 1] = { label = series.label, color = series.paint, kind = "mark", shape = series.shape }
    end
  end
  if #self.series > 1 and not self.hides_names then laid, tall = legend.lay(cx, entries, width) end
  local how = Plot.extent(self)
  how.x_kind, how.y_kind, how.legend, how.is_loose = self.x_kind, axis.options(self, "y_axis").kind, tall, true
  if self.x_kind ~= "log" and how.y_kind ~= "log" then -- Whole points at the edges.
    local most = self.spec.point_size or self.most > 0 and BUBBLE or DOT
    local more = (how.x_high - how.x_low) * most / 2 / math.max(width - 40, 60)
    how.x_low, how.x_high = how.x_low - more, how.x_high + more
    more = (how.y_high - how.y_low) * most / 2 / math.max((height or how.usual or 200) - 60, 40)
    how.y_low, how.y_high = how.y_low - more, how.y_high + more
  end
  how.usual = math.max(150, math.min(260, width * 0.6))
  local plan = plane.lay(self, cx, width, height, how)
  plan.placer:take(plan.left, plan.bottom - 0.3, plan.w, 0.6) -- No name is written across the axis.
  plan.legend, plan.spots = laid, spots(self, plan)
  for _, spot in ipairs(plan.spots) do
    plan.placer:avoid(spot.px - spot.wide / 2, spot.py - spot.wide / 2, spot.wide, spot.wide)
  end
  plan.trend = self.spec.trend and trend_line(self, plan)
  if plan.trend then plan.placer:avoid_line(table.unpack(plan.trend)) end
  plane.add_annotations(self, plan, cx, nil)
  if self.spec.labels ~= false then
    local style = cx:style "chart_label"
    local above, below = labels.extent(style)
    for _, spot in ipairs(plan.spots) do
      local name = spot.point.label
      if name and name ~= "" then
        local text, at = labels.cut(style, tostring(name), width * 0.4), {}
        local away = spot.wide / 2 + 3
        for i, way in ipairs(AT) do
          at[i] = { spot.px + way[1] * away, spot.py + way[2] * away
            + (way[2] > 0 and above or way[2] < 0 and -below or (above - below) / 2),
            way[1] < 0 and "right" or way[1] == 0 and "center" or "left" }
        end
        plan.placer:add { style = style, text = text, said = tostring(name), at = at, priority = spot.wide / 100,
          limit = LIMIT }
      end
    end
  end
  plan.placer:solve()
  table.sort(plan.spots, function(a, b) -- The largest lie at the bottom.
    if a.wide ~= b.wide then return a.wide > b.wide end
    if a.number ~= b.number then return a.number < b.number end
    return a.point.index < b.point.index
  end)
  return plan.height, plan
end

function Plot.draw(self, cx, canvas, x, y, _, _, plan)
  plane.draw_ground(plan, cx, canvas, x, y)
  if plan.legend then legend.paint(cx, canvas, plan.legend, x, y) end
  local paper = cx:color "paper"
  if plan.trend then
    local line = plan.trend
    canvas:line(x + line[1], y + line[2], x + line[3], y + line[4],
      { stroke = cx:color "muted", line_width = 0.8, dash = { 4, 2.5 } })
  end
  for _, spot in ipairs(plan.spots) do
    local color = spot.point.color and cx:color(spot.point.color) or spot.series.paint
    if self.most > 0 then
      canvas:circle(x + spot.px, y + spot.py, spot.wide / 2,
        { fill = colors.faded(color, 0.45), stroke = color, line_width = 0.6 })
    else
      colors.mark(canvas, spot.series.shape, x + spot.px, y + spot.py, spot.wide, colors.faded(color, 0.85), paper)
    end
  end
  plane.draw_front(plan, cx, canvas, x, y)
end

function Plot.describe(self, cx)
  local alt = require "briefpress.chart.alt"
  local x_spec, y_spec = axis.options(self, "x_axis"), axis.options(self, "y_axis")
  local extent = Plot.extent(self)
  local function said_x(value)
    return self.x_kind == "time" and engine.format.number(math.floor(value), { grouping = false })
      or axis.format(x_spec, value)
  end
  local sentences = { alt.head(self, cx),
    alt.axis_said("alt_horizontal", x_spec.title or self.x_title, said_x(extent.x_low), said_x(extent.x_high)),
    alt.axis_said("alt_vertical", y_spec.title, axis.format(y_spec, extent.y_low), axis.format(y_spec, extent.y_high)) }
  local _, _, together = M.trend(self.series)
  for _, series in ipairs(self.series) do
    local list, missing, has_names = {}, 0, false
    for _, point in ipairs(series.points) do
      if point.y then
        local at = point.label and tostring(point.label) or ""
        has_names = has_names or at ~= ""
        list[#list + 1] = { value = point.y, text = said_x(point.x) .. phrase "separator"
          .. axis.format(y_spec, point.y), at = at }
      else
        missing = missing + 1
      end
    end
    local said = phrase(#list == 1 and "alt_one_value" or "alt_values", { count = #list })
    if missing > 0 then said = said .. phrase "separator" .. phrase("alt_missing", { count = missing }) end
    if #list <= frame.MOST_SAID and #list > 0 then said = said .. phrase "colon" .. alt.listing(list) end
    sentences[#sentences + 1] = (series.label ~= "" and series.label .. phrase "colon" or "") .. said
  end
  if together then
    sentences[#sentences + 1] = phrase(together > 0.3 and "alt_correlated" or together < -0.3 and "alt_opposed"
      or "alt_unrelated", { value = engine.format.number(together, { decimals = 2 }) })
  end
  return alt.join(sentences)
end

--- See scripts/types.
function M.scatter(spec)
  options.expect(spec, "table", "chart.scatter")
  spec = options.read("chart.scatter", spec, known)
  return frame.make("chart.scatter", spec, Plot, options.list(spec))
end

return M
