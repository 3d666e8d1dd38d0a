--- Slope charts: what went from where to where between two times (or some more). Each line has its name and values at
--- its ends, moved apart where they would meet.
local axis = require "briefpress.chart.axis"
local colors = require "briefpress.chart.colors"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local labels = require "briefpress.chart.labels"
local options = require "briefpress.options"
local reading = require "briefpress.chart.series"
local scale = require "briefpress.chart.scale"

local M = {}

local known = options.define("chart.slope", frame.options { y_axis = "table", labels = { "both", "right", "values" } })
for key, kind in next, reading.known do known[key] = kind end

local GAP = 7

local Plot = {}

function Plot.prepare(self, cx)
  self.series, self.x_kind, self.categories = reading.read(cx, self)
  -- Whatever stands in x, each of its values is a column.
  local columns, places = {}, {}
  for _, series in ipairs(self.series) do
    for _, point in ipairs(series.points) do
      if not places[point.x] then
        places[point.x] = true
        columns[#columns + 1] = { x = point.x, text = reading.said_x(point, self.x_kind, {}) }
      end
    end
  end
  table.sort(columns, function(a, b) return a.x < b.x end)
  if #columns < 2 then
    options.fail("chart.slope: it needs two times or more, as x = { \"2015\", \"2022\" }", self.place)
  end
  for i, column in ipairs(columns) do places[column.x] = i end
  for _, series in ipairs(self.series) do
    series.at = {}
    for _, point in ipairs(series.points) do
      if point.y then series.at[places[point.x]] = point end
    end
  end
  self.columns = columns
  return self.series
end

--- The labels of one side: the value, and the name where it stands there.
local function side(self, cx, column, has_names, most, format)
  local list = {}
  for i, series in ipairs(self.series) do
    local point = series.at[column]
    if point then
      local color = colors.of_words(cx, series.paint)
      local style = cx:style("chart_label", { color = color, weight = 600 })
      local text, mark = reading.text(cx, self, point, format)
      local one = { text = text, mark = mark, style = style, wide = engine.text.width(style, text), series = series,
        point = point,
        order = i }
      one.total = one.wide
      if has_names and series.label ~= "" then
        one.name_style = cx:style("chart_label", { color = color })
        one.name = labels.cut(one.name_style, series.label, most - one.wide - 4)
        one.name_wide = engine.text.width(one.name_style, one.name)
        one.total = one.wide + (one.name_wide > 0 and one.name_wide + 4 or 0)
      end
      list[#list + 1] = one
    end
  end
  return list
end

function Plot.measure(self, cx, width, height)
  local _, token = cx:style "chart_label"
  local y_spec = axis.options(self, "y_axis")
  local wish = self.spec.labels or (width < 200 and "right" or "both")
  local decimals = reading.decimals(self.series)
  local function format(value) return axis.format(y_spec, value, decimals) end
  for _, series in ipairs(self.series) do
    series.paint = series.color and cx:color(series.color) or cx:color(self.spec.color or "ink")
  end
  local tall = height or math.max(120, math.min(260, #self.series * token.leading * 1.5 + 60))
  local plan = { width = width, height = tall, placer = labels.new(width, tall), sides = {}, columns = {} }
  local most = math.min(width * 0.36, wish == "right" and width * 0.5 or (width - 34) / 2 - GAP)
  local left = side(self, cx, 1, wish == "both", most, format)
  local right = side(self, cx, #self.columns, wish ~= "values", most, format)
  local function room(list)
    local wide = 0
    for _, one in ipairs(list) do wide = math.max(wide, one.total) end
    return wide > 0 and math.ceil(wide) + GAP or 0
  end
  plan.left, plan.right = room(left), width - room(right)
  if plan.right - plan.left < 30 then
    cx:fail(("chart.slope: %.0f points leave no room for its lines; shorten the names, or round the values")
      :format(width), self.place)
  end
  plan.top, plan.bottom = token.leading + 8, tall - 4
  if plan.bottom - plan.top < 20 then
    cx:fail(("chart.slope: a height of %.0f points leaves no room for its lines; give height = 80 or more")
      :format(tall), self.place)
  end
  local low, high = reading.range(self.series)
  if y_spec.zero then low, high = math.min(low, 0), math.max(high, 0) end
  if self.shared then low, high = self.shared.y_low, self.shared.y_high end
  if low == high then low, high = low - 1, high + 1 end
  local inset = token.leading / 2
  local function py(value)
    return plan.bottom - inset - (value - low) / (high - low) * (plan.bottom - plan.top - 2 * inset)
  end
  local function px(column)
    return plan.left + (column - 1) / (#self.columns - 1) * (plan.right - plan.left)
  end
  plan.lines = {}
  for i, series in ipairs(self.series) do
    local line = { series = series }
    for column = 1, #self.columns do
      local point = series.at[column]
      line[column] = point and { px(column), py(point.y) } or false
      if line[column] and line[column - 1] then
        plan.placer:avoid_line(line[column - 1][1], line[column - 1][2], line[column][1], line[column][2])
      end
    end
    plan.lines[i] = line
  end
  -- The names of the columns; of several those that have room.
  local head = cx:style("chart_label", { weight = 600, color = "muted" })
  for i, column in ipairs(self.columns) do
    local text = labels.cut(head, column.text, width / 2 - 4)
    local wide, at = engine.text.width(head, text), px(i)
    local align = i == 1 and #self.columns > 1 and "left" or i == #self.columns and "right" or "center"
    if i == 1 then
      at = math.max(0, at - wide / 2) elseif i == #self.columns then at = math.min(width, at + wide / 2)
    end
    plan.placer:add { style = head, text = text, said = column.text, priority = (i == 1 or i == #self.columns) and 90
      or 80,
      at = { { at, cx:baseline "chart_label", align } } }
  end
  -- The labels at the sides, apart from each other.
  for s, list in ipairs { left, right } do
    table.sort(list, function(a, b)
      if a.point.y ~= b.point.y then return a.point.y > b.point.y end
      return a.order < b.order
    end)
    local fitting = math.floor((plan.bottom - plan.top) / token.leading + 1e-6)
    local shown = {}
    for i, one in ipairs(list) do
      if i <= fitting then shown[i] = one else plan.placer:drop(one.name and one.series.label or one.text) end
    end
    for _, one in ipairs(shown) do one.at, one.size, one.wanted = py(one.point.y), token.leading, py(one.point.y) end
    scale.spread(shown, plan.top, plan.bottom, 0)
    for _, one in ipairs(shown) do
      if math.abs(one.at - one.wanted) > 0.5 then plan.placer.moved = plan.placer.moved + 1 end
      local edge = s == 1 and plan.left - GAP - one.total or plan.right + GAP
      plan.placer:take(edge, one.at - token.leading / 2, one.total, token.leading)
    end
    plan.sides[s] = shown
  end
  -- Values between the sides.
  for column = 2, #self.columns - 1 do
    for i, series in ipairs(self.series) do
      local point = series.at[column]
      if point then
        local style = cx:style("chart_label", { color = colors.of_words(cx, series.paint), weight = 600 })
        local text, mark = reading.text(cx, self, point, format)
        local x, y = plan.lines[i][column][1], plan.lines[i][column][2]
        local above, below = labels.extent(style)
        plan.placer:add { style = style, text = text, mark = mark, at = { { x, y - below - 3, "center" },
          { x, y + above + 3, "center" }, { x + 5, y - below }, { x - 5, y - below, "right" } } }
      end
    end
  end
  plan.placer:solve()
  plan.px = {}
  for i = 1, #self.columns do plan.px[i] = px(i) end
  return tall, plan
end

function Plot.draw(self, cx, canvas, x, y, _, _, plan)
  local faint, paper = cx:color "faint", cx:color "paper"
  for _, at in ipairs(plan.px) do
    canvas:line(x + at, y + plan.top, x + at, y + plan.bottom, { stroke = faint, line_width = 0.6 })
  end
  for _, line in ipairs(plan.lines) do
    local path, n, last = {}, 0, nil
    for column = 1, #self.columns do
      local point = line[column]
      if point then
        path[n + 1], path[n + 2], path[n + 3] = last and "L" or "M", x + point[1], y + point[2]
        n = n + 3
      end
      last = point
    end
    if n > 3 then canvas:path(path, { stroke = line.series.paint, line_width = 1.6, join = "round" }) end
    for column = 1, #self.columns do
      local point = line[column]
      if point then
        canvas:circle(x + point[1], y + point[2], 2.8, { fill = line.series.paint, stroke = paper, line_width = 0.8 })
      end
    end
  end
  local style = cx:style "chart_label"
  local half = engine.text.metrics(style).cap_height / 2
  for s, list in ipairs(plan.sides) do
    for _, one in ipairs(list) do
      local baseline = y + one.at + half
      local edge = s == 1 and x + plan.left - GAP or x + plan.right + GAP
      if math.abs(one.at - one.wanted) > 3 then
        local from = s == 1 and x + plan.left or x + plan.right
        canvas:line(from + (s == 1 and -3 or 3), y + one.wanted, edge + (s == 1 and 1 or -1), y + one.at,
          { stroke = cx:color "muted", line_width = 0.3 })
      end
      if s == 1 then
        frame.figure(cx, canvas, one.style, edge, baseline, one, "right")
        if one.name and one.name ~= "" then
          canvas:text(one.name_style, edge - one.wide - 4, baseline, one.name, "right")
        end
      else
        frame.figure(cx, canvas, one.style, edge, baseline, one)
        if one.name and one.name ~= "" then canvas:text(one.name_style, edge + one.wide + 4, baseline, one.name) end
      end
    end
  end
  plan.placer:draw(cx, canvas, x, y)
end

function Plot.extent(self)
  local low, high = reading.range(self.series)
  return { x_low = 0, x_high = 1, y_low = low, y_high = high }
end

function Plot.describe(self, cx)
  return require("briefpress.chart.alt").series(self, cx)
end

--- See scripts/types.
function M.slope(spec)
  options.expect(spec, "table", "chart.slope")
  spec = options.read("chart.slope", spec, known)
  return frame.make("chart.slope", spec, Plot, options.list(spec))
end

return M
