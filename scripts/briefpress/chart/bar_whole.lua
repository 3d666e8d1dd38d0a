--- One bar for a whole: its parts side by side, each named directly below; names that would meet move apart.
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local scale = require "briefpress.chart.scale"

local M = {}

local GAP, TICK = 12, 7

function M.measure(self, cx, width)
  local style = cx:style("chart_label", { weight = 600 })
  local small, token = cx:style "chart_label"
  local plan = { labels = {}, thick = self.spec.bar_width or 18, lines = 1 }
  local sum = 0
  for _, item in ipairs(self.items) do sum = sum + item.value end
  if sum <= 0 then cx:fail(self.name .. ": the parts of a whole must make more than zero", self.place) end
  plan.sum = math.max(sum, self.spec.max or 0)
  local at = 0
  for i, item in ipairs(self.items) do
    local long = item.value / plan.sum * width
    local value_width = engine.text.width(style, item.text)
    local most = math.min(width, math.max(value_width, math.min(engine.text.width(small, item.label), 130)))
    local words = item.label
    if engine.text.width(small, words) > most then
      words = require("briefpress.chart.labels").words(small, words, most)
    end
    local paragraph = engine.text.paragraph { spans = { { style = small, text = words } },
      leading = token.leading }
    local lines = paragraph:layout(most + 0.5)
    plan.lines = math.max(plan.lines, lines)
    plan.labels[i] = { at = at + most / 2, size = most, from = at, long = long, paragraph = paragraph, item = item }
    at = at + long
  end
  -- Where the names have no room beside each other, those of the smallest parts are left out.
  local shown, wide = {}, -GAP
  for i, label in ipairs(plan.labels) do
    shown[i] = label
    wide = wide + label.size + GAP
  end
  while wide > width and #shown > 1 do
    local least = 1
    for i, label in ipairs(shown) do
      if label.item.value < shown[least].item.value then least = i end
    end
    local label = table.remove(shown, least)
    label.is_dropped = true
    plan.placer = plan.placer or require("briefpress.chart.labels").new(width, 0)
    plan.placer:drop(label.item.label ~= "" and label.item.label or label.item.text)
    wide = wide - label.size - GAP
  end
  scale.spread(shown, 0, width, GAP)
  return plan.thick + TICK + token.leading * (1 + plan.lines) + 2, plan
end

function M.draw(self, cx, canvas, x, y, width, _, plan)
  local style, token = cx:style("chart_label", { weight = 600 })
  local muted = cx:color "muted"
  local n = #plan.labels
  for i, label in ipairs(plan.labels) do
    if label.long > 0 then
      canvas:rect(x + label.from, y, math.max(label.long - (i < n and 1 or 0), 0.4), plan.thick,
        { fill = frame.color(self, cx, label.item, i, true) })
    end
  end
  local filled = plan.labels[n].from + plan.labels[n].long
  if filled < width - 0.5 then
    canvas:rect(x + filled + 1, y, width - filled - 1, plan.thick, { fill = cx:color "accent_soft" })
  end
  local top = y + plan.thick + TICK
  for _, label in ipairs(plan.labels) do
    if label.is_dropped then goto next_label end
    local left = x + label.at - label.size / 2
    local foot = x + label.from + math.min(0.2, label.long / 2)
    local path = { "M", foot, y + plan.thick, "L", foot, y + plan.thick + 3 }
    if math.abs(left - foot) > 1 then
      path[5], path[6] = foot, y + plan.thick + 3
      table.move({ "L", left, y + plan.thick + 3 }, 1, 3, 7, path)
    end
    table.move({ "L", left, top }, 1, 3, #path + 1, path)
    canvas:path(path, { stroke = muted, line_width = 0.4 })
    frame.figure(cx, canvas, style, left, top + cx:baseline "chart_label" + 1, label.item)
    label.paragraph:layout(label.size + 0.5)
    canvas:paragraph(label.paragraph, left, top + token.leading + 1)
    ::next_label::
  end
end

return M
