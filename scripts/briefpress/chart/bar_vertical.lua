--- Bars that stand: names below the line, values above the bars. Items with several values are grouped beside each
--- other, or stacked.
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local legend = require "briefpress.chart.legend"
local scale = require "briefpress.chart.scale"
local max, min = math.max, math.min

local M = {}

local function values_of(item)
  return item.values or { item }
end

function M.measure(self, cx, width, height)
  local style, token = cx:style "chart_label"
  local spec, count = self.spec, #self.items
  local plan = { top = legend.height(self, cx), values = {}, bars = 1, names = {} }
  plan.slot = width / count
  local tallest = 0
  for i, item in ipairs(self.items) do
    local sum = 0
    for _, value in ipairs(values_of(item)) do
      plan.values[#plan.values + 1] = value.value
      sum = sum + value.value
    end
    if spec.stacked then
      plan.values[#plan.values + 1] = sum
      item.total = engine.format.number(sum)
    else
      plan.bars = max(plan.bars, #values_of(item))
    end
    local paragraph = engine.text.paragraph { spans = { { style = style, text = item.label } }, align = "center",
      leading = token.leading }
    local _, tall = paragraph:layout(max(plan.slot - 4, 8))
    plan.names[i] = paragraph
    tallest = max(tallest, tall)
  end
  plan.low, plan.high = scale.range(plan.values)
  plan.high = max(plan.high, spec.max or 0)
  plan.foot = tallest + 5
  plan.head = spec.labels ~= "none" and token.leading + 2 or 0
  plan.group = min(spec.bar_width and spec.bar_width * plan.bars or 44 * plan.bars, plan.slot * 0.72)
  local tall = height or 150
  plan.scale = tall - plan.top - plan.foot - plan.head - (plan.low < 0 and plan.head or 0)
  if plan.scale < 20 then
    cx:fail(("%s: a height of %.0f points leaves no room for its bars"):format(self.name, tall), self.place)
  end
  return tall, plan
end

function M.draw(self, cx, canvas, x, y, width, height, plan)
  local style, token = cx:style("chart_label", { weight = 500 })
  legend.draw(self, cx, canvas, x, y, width)
  local span = plan.high - plan.low
  local zero = y + plan.top + plan.head + plan.high / span * plan.scale
  for i, item in ipairs(self.items) do
    local list = values_of(item)
    local middle = x + (i - 0.5) * plan.slot
    local thick = plan.group / (self.spec.stacked and 1 or #list)
    local at = zero
    for s, value in ipairs(list) do
      local tall = value.value / span * plan.scale
      local color = frame.color(self, cx, not item.values and item or nil, s, item.values ~= nil)
      if self.spec.stacked then
        if tall > 0 then canvas:rect(middle - thick / 2, at - tall, thick, max(tall - 0.75, 0.25), { fill = color }) end
        local wide = engine.text.width(style, value.text)
        if self.spec.labels ~= "none" and tall > token.leading and wide < thick - 4 then
          local inside = cx:style("chart_label", { weight = 500, color = frame.on(cx, color) })
          frame.figure(cx, canvas, inside, middle,
            at - tall / 2 + engine.text.metrics(style).cap_height / 2, value, "center")
        end
        at = at - tall
      else
        local left = middle - plan.group / 2 + (s - 1) * thick
        local wide = max(thick - (#list > 1 and 1.5 or 0), 0.5)
        if tall ~= 0 then canvas:rect(left, min(zero, zero - tall), wide, math.abs(tall), { fill = color }) end
        if self.spec.labels == "inside" and math.abs(tall) > token.leading + 4 then
          frame.figure(cx, canvas, (cx:style("chart_label", { weight = 500, color = "on_accent" })), left + wide / 2,
            tall > 0 and zero - tall + token.leading or zero - tall - 4, value, "center")
        elseif self.spec.labels ~= "none" then
          frame.figure(cx, canvas, style, left + wide / 2, tall >= 0 and zero - tall - 4 or zero - tall + token.leading,
            value, "center")
        end
      end
    end
    if item.total and self.spec.labels ~= "none" then canvas:text(style, middle, at - 4, item.total, "center") end
    plan.names[i]:layout(max(plan.slot - 4, 8))
    canvas:paragraph(plan.names[i], middle - max(plan.slot - 4, 8) / 2, y + height - plan.foot + 5)
  end
  canvas:line(x, zero, x + width, zero, { stroke = cx:color "muted", line_width = 0.4 })
end

return M
