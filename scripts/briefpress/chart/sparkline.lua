--- Sparklines: a line, or bars, as small as a word, without axes. A block of its own: it may stand in a cell of a
--- table, in a row or a stack. The alternative text tells what a reader sees.
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"
local colors = require "briefpress.chart.colors"
local options = require "briefpress.options"
local reading = require "briefpress.chart.series"

local M = {}

local known = options.define("chart.sparkline", {
  width = "length", height = "length", color = "color", alt = "string", title = "string", form = { "line", "bars" },
  band = "table", min = "number", max = "number", last = "boolean", rows = "any", x = "any", y = "string",
})

local Spark = {}
Spark.__index = Spark

local function prepare(self, cx)
  if self.series then return end
  self.series, self.x_kind = reading.read(cx, self)
  if #self.series > 1 then options.fail("chart.sparkline: it shows one series", self.place) end
end

function Spark:measure(cx, width)
  local own = self.spec.width and cx:length(self.spec.width, width)
  return own or math.min(24, width), own or math.min(72, width)
end

local Fragment = { locate = false }
Fragment.__index = Fragment

--- Draws the curve into a box; `low` and `high` are the ends of its scale.
local function draw_line(self, cx, canvas, x, y, width, height, at_x, at_y, color)
  local points = self.series[1].points
  local band = self.spec.band
  if band then
    canvas:rect(x, y + at_y(band[2]), width, at_y(band[1]) - at_y(band[2]), { fill = colors.faded(cx:color "muted",
      0.16) })
  end
  local path, n, before, last = {}, 0, false, nil
  for _, point in ipairs(points) do
    if point.y then
      path[n + 1], path[n + 2], path[n + 3] = before and "L" or "M", x + at_x(point), y + at_y(point.y)
      n = n + 3
      last = point
    end
    before = point.y ~= nil
  end
  if n > 3 then canvas:path(path, { stroke = color, line_width = 0.9, join = "round", cap = "round" }) end
  if last and self.spec.last ~= false then
    canvas:circle(x + at_x(last), y + at_y(last.y), math.min(1.7, height / 5), { fill = color })
  end
end

local function draw_bars(self, cx, canvas, x, y, width, _, _, at_y, color)
  local points = self.series[1].points
  local slot = width / #points
  local path, last = {}, {}
  for i, point in ipairs(points) do
    if point.y and point.y ~= 0 then
      local list = i == #points and self.spec.last ~= false and last or path
      local top, foot = at_y(math.max(point.y, 0)), at_y(math.min(point.y, 0))
      table.move({ "R", x + (i - 1) * slot + slot * 0.1, y + top, slot * 0.8, math.max(foot - top, 0.2) }, 1, 5,
        #list + 1, list)
    end
  end
  if #path > 0 then canvas:path(path, { fill = colors.faded(color, #last > 0 and 0.45 or 1) }) end
  if #last > 0 then canvas:path(last, { fill = color }) end
  canvas:line(x, y + at_y(0), x + width, y + at_y(0), { stroke = cx:color "faint", line_width = 0.3 })
end

function Fragment:draw(canvas, x, y)
  local cx, owner = self.cx, self.owner
  if cx.is_dry then return end
  local spec, points = owner.spec, owner.series[1].points
  local is_bars = spec.form == "bars"
  local low, high = reading.range(owner.series)
  low, high = spec.min or low, spec.max or high
  if is_bars then low, high = math.min(low, 0), math.max(high, 0) end
  if spec.band then low, high = math.min(low, spec.band[1]), math.max(high, spec.band[2]) end
  if low >= high then low, high = low - 1, low + 1 end
  local inset = is_bars and 0 or 2
  local from, to = points[1].x, points[1].x
  for _, point in ipairs(points) do from, to = math.min(from, point.x), math.max(to, point.x) end
  local function at_x(point)
    if from == to then return self.own / 2 end
    return inset + (point.x - from) / (to - from) * (self.own - 2 * inset)
  end
  local function at_y(value)
    return inset + (high - value) / (high - low) * (self.height - 2 * inset)
  end
  local color = spec.color and cx:color(spec.color) or colors.series(cx, 1)
  canvases.begin_figure(canvas, self.alt, x, y, self.own, self.height)
  local draw = is_bars and draw_bars or draw_line
  draw(owner, cx, canvas, x, y, self.own, self.height, at_x, at_y, color)
  canvas:end_tag()
end

function Spark:layout(cx, width, height)
  prepare(self, cx)
  local spec = self.spec
  local own = math.min(width, spec.width and cx:length(spec.width, width) or 72)
  local tall = spec.height and cx:length(spec.height, height) or select(2, cx:style "chart_label").leading
  if own < 4 or tall < 3 then cx:fail("chart.sparkline: it needs 4 points of width and 3 of height", self.place) end
  if tall > height then return nil, self end
  self.said = self.said or spec.alt or require("briefpress.chart.alt").series(self, cx)
  return setmetatable({ cx = cx, owner = self, width = width, own = own, height = tall, alt = self.said }, Fragment)
end

--- See scripts/types.
function M.sparkline(spec)
  options.expect(spec, "table", "chart.sparkline")
  spec = options.read("chart.sparkline", spec, known)
  local band = spec.band
  if band and not (type(band[1]) == "number" and type(band[2]) == "number" and band[1] < band[2]) then
    options.fail("chart.sparkline: band must be { from, to }, two numbers that rise")
  end
  return block.make(Spark, { name = "chart.sparkline", spec = spec, list = options.list(spec) }, spec)
end

return M
