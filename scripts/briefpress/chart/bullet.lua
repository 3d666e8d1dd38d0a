--- Bullet charts, after Stephen Few: a bar for what is, a mark for what is aimed at, and grey grounds for what is
--- poor, fair and good. Bars start at zero. Items share one scale unless they name a `max` of their own.
local axis = require "briefpress.chart.axis"
local colors = require "briefpress.chart.colors"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local items = require "briefpress.chart.items"
local labels = require "briefpress.chart.labels"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local rows = require "briefpress.chart.named_rows"

local M = {}

local known = options.define("chart.bullet", frame.options { label_width = "length", bar_width = "amount",
  x_axis = "table", decimals = "count" })
local known_item = options.define("chart.bullet.item", { label = "string", value = "any", target = "any",
  ranges = "table",
  max = "number", text = "string", color = "color" })

local Plot = {}

function Plot.prepare(self, cx)
  local list = {}
  for i, given in ipairs(self.list) do
    if type(given) ~= "table" or given.value == nil then
      options.fail(("chart.bullet: item %d must be { label =, value =, target = }"):format(i), self.place)
    end
    options.read("chart.bullet.item", given, known_item, true)
    local format = { decimals = self.spec.decimals }
    local value = items.value(cx, given.value, self.name, self.place, format)
    local item = { label = given.label or value.indicator and value.indicator.label or "", value = value.value,
      text = given.text or value.text, is_plain = value.is_plain and not given.text,
      mark = value.mark, indicator = value.indicator, color = given.color,
      ranges = {}, max = given.max }
    if given.target ~= nil then item.target = items.value(cx, given.target, self.name, self.place, format) end
    local before = 0
    for k, edge in ipairs(given.ranges or {}) do
      options.expect(edge, "number", ("chart.bullet: range %d of item %d"):format(k, i))
      if edge <= before then
        options.fail(('chart.bullet: the ranges of "%s" must rise from above zero'):format(item.label), self.place)
      end
      item.ranges[k], before = edge, edge
    end
    local most = math.max(item.value, item.target and item.target.value or 0, before)
    if item.value < 0 or (item.target and item.target.value < 0) then
      options.fail(('chart.bullet: "%s" is below zero; chart.dot shows such values'):format(item.label), self.place)
    end
    if item.max and item.max < most then
      options.fail(('chart.bullet: max of "%s" (%g) is below what it shows (%g)'):format(item.label, item.max, most),
        self.place)
    end
    item.most = item.max or most
    list[i] = item
  end
  items.level(list, self.spec.decimals)
  for _, item in ipairs(list) do
    item.said = item.text .. (item.target and phrase "separator" .. phrase("alt_target", { value = item.target.text })
      or "")
  end
  if #list == 0 then options.fail("chart.bullet: it has no items", self.place) end
  return list
end

function Plot.extent(self)
  local most = 0
  for _, item in ipairs(self.items) do most = math.max(most, item.most) end
  return { x_low = 0, x_high = most, y_low = 0, y_high = 1 }
end

function Plot.measure(self, cx, width, height)
  local spec, list = self.spec, self.items
  local style, token = cx:style("chart_label", { weight = 600 })
  local plan = { placer = labels.new(width, 1e6), bars = {} }
  local set = rows.names(cx, list, width, spec.label_width and cx:length(spec.label_width, width), plan.placer)
  plan.rows = set
  local widest, has_own = 0, false
  for _, item in ipairs(list) do
    item.shown = labels.cut(style, item.text, width * 0.3)
    widest = math.max(widest, engine.text.width(style, item.shown))
    has_own = has_own or item.max ~= nil
  end
  plan.left, plan.w = set.left, width - set.left - widest - 8
  if plan.w < 30 then
    cx:fail(("chart.bullet: %.0f points leave no room for its bars; give it more, or shorten the names"):format(width),
      self.place)
  end
  local extent = self.shared or Plot.extent(self)
  local tick_style = cx:style("chart_label", { color = "muted" })
  local foot = 0
  if not has_own then
    local x_spec = axis.options(self, "x_axis")
    for wanted = math.max(2, math.min(7, math.floor(plan.w / 40) + 1)), 2, -1 do
      plan.x = axis.number(self, x_spec, 0, extent.x_high, wanted, false)
      local edge, is_apart = -math.huge, true
      for _, tick in ipairs(plan.x.ticks) do
        local wide = engine.text.width(tick_style, tick.text)
        local middle = plan.left + plan.x:at(tick.value) * plan.w
        is_apart = is_apart and middle - wide / 2 > edge + 6
        edge = middle + wide / 2
      end
      if is_apart then break end
    end
    foot = token.leading + 5
  end
  local thick = spec.bar_width or 15
  if height and not spec.bar_width then
    thick = math.max(8, math.min(26, (height - foot) / #list * 0.6 - (set.is_above and token.leading or 0)))
  end
  local bottom = rows.stack(cx, set, #list, 0, thick, 9, height and height - foot)
  local tall = bottom + foot
  plan.placer.height, plan.thick, plan.bottom = tall, thick, bottom
  rows.take(set, plan.placer)
  local half = engine.text.metrics(style).cap_height / 2
  for i, item in ipairs(list) do
    local top = set.tops[i]
    local most = has_own and item.most or extent.x_high
    if most <= 0 then most = 1 end
    plan.bars[i] = { top = top, scale = plan.w / most, item = item }
    plan.placer:add { style = style, text = item.shown, said = item.text, mark = item.shown == item.text and item.mark
      or nil,
      at = { { width, top + thick / 2 + half, "right" } }, priority = 9 }
  end
  if plan.x then
    local baseline = bottom + 4 + cx:baseline "chart_label"
    plan.marks = {}
    for _, tick in ipairs(plan.x.ticks) do
      local middle = plan.left + plan.x:at(tick.value) * plan.w
      local wide = engine.text.width(tick_style, tick.text)
      plan.marks[#plan.marks + 1] = middle
      plan.placer:add { style = tick_style, text = tick.text,
        at = { { math.min(math.max(middle, wide / 2), width - wide / 2), baseline, "center" } } }
    end
  end
  plan.placer:solve()
  return tall, plan
end

function Plot.draw(self, cx, canvas, x, y, _, _, plan)
  local ink, muted = cx:color "text", cx:color "muted"
  local thick = plan.thick
  for _, bar in ipairs(plan.bars) do
    local item, left, top = bar.item, x + plan.left, y + bar.top
    local before = 0
    for k, edge in ipairs(item.ranges) do -- The poorest is the darkest.
      local shade = 0.42 - (k - 1) / math.max(#item.ranges - 1, 1) * 0.3
      canvas:rect(left + before * bar.scale, top, (edge - before) * bar.scale, thick,
        { fill = colors.faded(muted, shade) })
      before = edge
    end
    local fill = item.color and cx:color(item.color) or self.spec.color and cx:color(self.spec.color)
      or colors.series(cx, 1)
    if item.value > 0 then
      canvas:rect(left, top + thick * 0.31, item.value * bar.scale, thick * 0.38, { fill = fill })
    end
    if item.target then
      local at = left + item.target.value * bar.scale
      canvas:line(at, top + thick * 0.12, at, top + thick * 0.88, { stroke = ink, line_width = 2 })
    end
    canvas:line(left, top, left, top + thick, { stroke = muted, line_width = 0.5 })
  end
  if plan.marks then
    local path = {}
    for _, at in ipairs(plan.marks) do
      table.move({ "M", x + at, y + plan.bottom + 1, "L", x + at, y + plan.bottom + 4 }, 1, 6, #path + 1, path)
    end
    if #path > 0 then canvas:path(path, { stroke = muted, line_width = 0.4 }) end
  end
  rows.draw(plan.rows, canvas, x, y)
  plan.placer:draw(cx, canvas, x, y)
end

function Plot.describe(self, cx)
  return require("briefpress.chart.alt").items(self, cx)
end

--- See scripts/types.
function M.bullet(spec)
  options.expect(spec, "table", "chart.bullet")
  spec = options.read("chart.bullet", spec, known)
  return frame.make("chart.bullet", spec, Plot, options.list(spec))
end

return M
