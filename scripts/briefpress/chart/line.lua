--- Line and area charts: series over time, numbers or names, with their names at their ends. A missing value is a
--- gap; a band shows how uncertain a value is. Areas start at zero, and may be stacked, or be shares of a whole.
local axis = require "briefpress.chart.axis"
local colors = require "briefpress.chart.colors"
local engine = require "briefpress.engine"
local ends = require "briefpress.chart.ends"
local frame = require "briefpress.chart.frame"
local labels = require "briefpress.chart.labels"
local legend = require "briefpress.chart.legend"
local options = require "briefpress.options"
local plane = require "briefpress.chart.plane"
local reading = require "briefpress.chart.series"

local M = {}

local shared = { labels = { "names", "values", "points", "none" }, points = "boolean", line_width = "amount" }
for _, set in ipairs { reading.known, plane.known } do
  for key, kind in next, set do shared[key] = kind end
end
local known_line = options.define("chart.line", frame.options {})
local known_area = options.define("chart.area", frame.options { stacked = "boolean", share = "boolean" })
for key, kind in next, shared do known_line[key], known_area[key] = kind, kind end

local Plot = {}

--- Adds up the layers of a stack: each point gets `base` and `top`. Missing values are gaps of their layer alone.
local function stack(self)
  local sums = {}
  if self.spec.share then
    for _, series in ipairs(self.series) do
      for _, point in ipairs(series.points) do sums[point.x] = (sums[point.x] or 0) + (point.y or 0) end
    end
  end
  local tops = {}
  for _, series in ipairs(self.series) do
    for _, point in ipairs(series.points) do
      local value = point.y or 0
      if value < 0 then options.fail(self.name .. ": stacked areas cannot show values below zero", self.place) end
      if self.spec.share then value = sums[point.x] > 0 and value / sums[point.x] * 100 or 0 end
      point.base = tops[point.x] or 0
      point.top = point.base + value
      tops[point.x] = point.top
    end
  end
end

function Plot.prepare(self, cx)
  local x_axis = axis.options(self, "x_axis")
  self.series, self.x_kind, self.categories = reading.read(cx, self, x_axis.kind)
  if x_axis.kind == "log" then self.x_kind = "log" end
  self.is_stacked = self.is_area and (self.spec.stacked or self.spec.share) and true or false
  if self.is_stacked then stack(self) end
  return self.series
end

--- What the axes must show.
function Plot.extent(self)
  local y_low, y_high = reading.range(self.series)
  local x_low, x_high = math.huge, -math.huge
  for _, series in ipairs(self.series) do
    for _, point in ipairs(series.points) do
      x_low, x_high = math.min(x_low, point.x), math.max(x_high, point.x)
      if point.top then y_high = math.max(y_high, point.top) end
    end
  end
  if self.spec.share then y_high = 100 end
  return { x_low = x_low, x_high = x_high, y_low = y_low, y_high = y_high }
end

--- The height at which a point is drawn.
local function height_of(point)
  return point.top or point.y
end

--- The value at x of the first series that has one there, for annotations without y.
local function find(self)
  return function(x)
    for _, series in ipairs(self.series) do
      for _, point in ipairs(series.points) do
        if point.x == x and point.y then return height_of(point) end
      end
    end
  end
end

--- Colours, dashes and shapes of the series. A line is dashed where it crosses another that looks alike in grey.
local function dress(self, cx)
  local function crosses(a, b)
    local at = {}
    for _, point in ipairs(a.points) do at[point.x] = point.y end
    local sign
    for _, point in ipairs(b.points) do
      local other = at[point.x]
      if other and point.y and other ~= point.y then
        local now = point.y > other
        if sign ~= nil and now ~= sign then return true end
        sign = now
      end
    end
    return false
  end
  local count = colors.count(cx)
  for i, series in ipairs(self.series) do
    local own = series.color or (#self.series == 1 and self.spec.color)
    series.paint = colors.series(cx, i, own or nil)
    local dash = own and 1 or (i - 1) // count + 1
    for j = 1, i - 1 do
      local other = self.series[j]
      if other.dash_index == dash and not self.is_area and colors.are_alike_in_grey(series.paint, other.paint)
        and crosses(series, other) then
        dash = dash + 1
      end
    end
    series.dash_index = (dash - 1) % #colors.dashes + 1
    series.drawn_dash = series.dash or colors.dashes[series.dash_index] or nil
    series.shape = #self.series > 1 and colors.shapes[(i - 1) % #colors.shapes + 1] or "circle"
  end
end

local function last_of(series)
  for i = #series.points, 1, -1 do
    if series.points[i].y then return series.points[i] end
  end
end

--- What is written at the end of each series.
local function say_ends(self, cx, format)
  local said = {}
  local wish = self.spec.labels or (#self.series == 1 and "values" or "names")
  for i, series in ipairs(self.series) do
    local one = { color = series.paint }
    if wish ~= "none" and not self.has_legend then
      one.name = (#self.series > 1 or wish == "names") and series.label or nil
    end
    local point = last_of(series)
    if wish == "values" and point then one.value, one.mark = reading.text(cx, self, point, format) end
    said[i] = one
  end
  return said
end

--- Ticks at the first and the last date, for axes too short for others.
local function ends_of(self, x_spec)
  local first, last
  for _, series in ipairs(self.series) do
    for _, point in ipairs(series.points) do
      if not first or point.x < first.x then first = point end
      if not last or point.x > last.x then last = point end
    end
  end
  return { { value = first.x, text = reading.said_x(first, "time", x_spec) },
    { value = last.x, text = reading.said_x(last, "time", x_spec) } }
end

function Plot.measure(self, cx, width, height)
  local x_spec = axis.options(self, "x_axis")
  local y_spec = axis.options(self, "y_axis")
  if self.spec.share and y_spec.percent == nil then
    y_spec = setmetatable({ percent = true }, { __index = y_spec })
  end
  dress(self, cx)
  local decimals = reading.decimals(self.series)
  local function format(value) return axis.format(y_spec, value, decimals) end
  self.has_legend = #self.series > 1 and self.spec.labels ~= "none" and (width < 190 or self.wants_legend or false)
  if self.hides_names then self.has_legend = false end
  local laid, legend_height
  if self.has_legend then
    local entries = {}
    for _, series in ipairs(self.series) do
      if series.label ~= "" then
        entries[#entries + 1] = { label = series.label, color = series.paint, kind = self.is_area and "rect" or "line",
          dash = series.drawn_dash }
      end
    end
    laid, legend_height = legend.lay(cx, entries, width)
  end
  local set, room = ends.set(cx, self.hides_names and {} or say_ends(self, cx, format), width)
  local how = Plot.extent(self)
  how.x_kind, how.categories, how.right, how.legend = self.x_kind, self.categories, room, legend_height
  how.value_on = "y"
  how.zero = self.is_area or y_spec.zero
  how.ends = self.x_kind == "time" and how.x_low < how.x_high and function() return ends_of(self, x_spec) end or nil
  how.y_kind, how.y_spec, how.x_whole = y_spec.kind, y_spec, self.is_counted
  how.headroom = self.spec.labels == "points" and 12 or 0
  if how.y_kind == "log" and self.is_area then
    options.fail(self.name .. ": areas start at zero, which a logarithmic axis does not have", self.place)
  end
  local plan = plane.lay(self, cx, width, height, how)
  plan.legend, plan.format = laid, format
  local tips = {}
  for i, series in ipairs(self.series) do
    local point, before = last_of(series), nil
    for _, one in ipairs(series.points) do
      if height_of(one) and one.y then
        local px, py = plan:px(one.x), plan:py(height_of(one))
        if before then
          plan.placer:avoid_line(before[1], before[2], px, py)
        else
          plan.placer:avoid(px - 2, py - 2, 4, 4)
        end
        before = { px, py }
      else
        before = nil
      end
    end
    if point then
      local middle = height_of(point)
      if self.is_stacked then middle = (point.base + point.top) / 2 end
      tips[i] = { plan:px(point.x), plan:py(middle) }
      plan.placer:avoid(tips[i][1] - 3, tips[i][2] - 3, 6, 6)
    end
  end
  ends.place(plan, set, tips, plan.left + plan.w + (room > 0 and ends.AWAY or 0), plan.head, plan.height)
  plane.add_annotations(self, plan, cx, find(self))
  if self.spec.labels == "points" then
    for _, series in ipairs(self.series) do
      local style = cx:style("chart_label", { color = colors.of_words(cx, series.paint), weight = 500 })
      local above, below = labels.extent(style)
      local last = last_of(series)
      for i, point in ipairs(series.points) do
        if point.y then
          local px, py = plan:px(point.x), plan:py(height_of(point))
          local text, mark = reading.text(cx, self, point, format)
          local at = { { px, py - below - 2.5, "center" }, { px, py + above + 3, "center" }, { px + 4, py - below - 1 },
            { px + 4, py + above + 1 } }
          if px - 4 - engine.text.width(style, text) >= plan.left then -- Left of the axis it would be taken for a tick.
            at[5], at[6] = { px - 4, py - below - 1, "right" }, { px - 4, py + above + 1, "right" }
          end
          plan.placer:add { style = style, text = text, mark = mark, at = at,
            priority = (i == 1 or point == last) and 6 or 4 }
        end
      end
    end
  end
  plan.placer:solve()
  return plan.height, plan
end

--- The runs of points without gaps between them.
local function runs(series)
  local list, run = {}, nil
  for _, point in ipairs(series.points) do
    if point.y then
      if not run then
        run = {}
        list[#list + 1] = run
      end
      run[#run + 1] = point
    else
      run = nil
    end
  end
  return list
end

--- The ground between two heights of the points of a run, as a path.
local function ribbon(plan, run, x, y, lower, upper)
  local path, n = {}, 0
  for i = 1, #run do
    path[n + 1], path[n + 2], path[n + 3] = i == 1 and "M" or "L", x + plan:px(run[i].x), y + plan:py(upper(run[i]))
    n = n + 3
  end
  for i = #run, 1, -1 do
    path[n + 1], path[n + 2], path[n + 3] = "L", x + plan:px(run[i].x), y + plan:py(lower(run[i]))
    n = n + 3
  end
  path[n + 1] = "Z"
  return path
end

function Plot.draw(self, cx, canvas, x, y, _, _, plan)
  plane.draw_ground(plan, cx, canvas, x, y)
  if plan.legend then legend.paint(cx, canvas, plan.legend, x, y) end
  local paper = cx:color "paper"
  for _, series in ipairs(self.series) do
    for _, run in ipairs(runs(series)) do
      if #run > 1 and run[1].low and run[1].high then
        canvas:path(ribbon(plan, run, x, y, function(point) return point.low or point.y end,
          function(point) return point.high or point.y end), { fill = colors.faded(series.paint, 0.16) })
      end
      if self.is_area and #run > 1 then
        local fill = self.is_stacked and series.paint or colors.faded(series.paint, #self.series > 1 and 0.35 or 0.22)
        canvas:path(ribbon(plan, run, x, y, function(point) return point.base or 0 end, height_of), { fill = fill })
      end
    end
  end
  for _, series in ipairs(self.series) do
    local path, n = {}, 0
    for _, run in ipairs(runs(series)) do
      if #run > 1 then
        for i, point in ipairs(run) do
          path[n + 1], path[n + 2], path[n + 3] = i == 1 and "M" or "L", x + plan:px(point.x),
            y + plan:py(height_of(point))
          n = n + 3
        end
      end
    end
    if n > 0 then
      canvas:path(path, { stroke = self.is_stacked and paper or series.paint, dash = series.drawn_dash,
        line_width = self.spec.line_width or (self.is_stacked and 0.8 or 1.6), join = "round", cap = series.drawn_dash
          and "butt" or "round" })
    end
    for _, run in ipairs(runs(series)) do
      for _, point in ipairs(run) do
        if self.spec.points or #run == 1 then
          colors.mark(canvas, series.shape, x + plan:px(point.x), y + plan:py(height_of(point)), 4.4, series.paint,
            paper)
        end
      end
    end
    local last = last_of(series)
    if last and not self.spec.points and not self.is_stacked then
      canvas:circle(x + plan:px(last.x), y + plan:py(height_of(last)), 2.2, { fill = series.paint })
    end
  end
  plane.draw_front(plan, cx, canvas, x, y)
  ends.draw(plan, cx, canvas, x, y)
end

function Plot.describe(self, cx)
  return require("briefpress.chart.alt").series(self, cx)
end

local function make(name, spec, known, is_area)
  options.expect(spec, "table", name)
  spec = options.read(name, spec, known)
  local self = frame.make(name, spec, Plot, options.list(spec))
  self.is_area = is_area
  return self
end

--- See scripts/types.
function M.line(spec)
  return make("chart.line", spec, known_line, false)
end

--- See scripts/types.
function M.area(spec)
  return make("chart.area", spec, known_area, true)
end

return M
