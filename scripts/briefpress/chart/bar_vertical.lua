--- Bars that stand: names below the line, values above the bars. Items with several values are grouped beside each
--- other, or stacked. Where the values have no room there is an axis instead.
local axis = require "briefpress.chart.axis"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local labels = require "briefpress.chart.labels"
local legend = require "briefpress.chart.legend"
local scale = require "briefpress.chart.scale"
local max, min = math.max, math.min

local M = {}

local NARROW = 22 -- A place narrower than this holds no name of its own.

local function values_of(item)
  return item.values or { item }
end

--- Names below their bars: wrapped and cut, or where bars are thin each second, third ...
local function set_names(self, cx, plan)
  local style = cx:style "chart_label"
  local widest, step = 0, 1
  for _, item in ipairs(self.items) do widest = max(widest, engine.text.width(style, item.label)) end
  if plan.slot < NARROW and widest > plan.slot - 2 then
    step = math.ceil((min(widest, 70) + 6) / plan.slot)
  end
  local room = max(plan.slot * step - 4, 8)
  local tallest = 0
  plan.names, plan.name_room = {}, room
  local edge = -math.huge
  for i, item in ipairs(self.items) do
    local paragraph, wide, tall
    if (i - 1) % step == 0 and item.label ~= "" then
      paragraph, wide, tall = labels.paragraph(cx, item.label, "chart_label", nil, room, "center", step > 1 and 1 or 5)
    end
    local middle = plan.left + (i - 0.5) * plan.slot
    if paragraph then
      middle = min(max(middle, wide / 2), plan.right - wide / 2)
      if middle - wide / 2 < edge + 1 then paragraph = nil else edge = middle + wide / 2 end
    end
    if paragraph then
      plan.names[#plan.names + 1] = { paragraph = paragraph, middle = middle, width = wide, height = tall }
      tallest = max(tallest, tall)
    elseif item.label ~= "" then
      plan.placer:drop(item.label)
    end
  end
  return tallest
end

--- What is written at the end of a bar.
local function add_value(plan, style, value, left, wide, tip, is_up, is_inside)
  local above, below = labels.extent(style)
  local at = is_up and tip - 4 or tip + above + 3
  if is_inside then at = is_up and tip + above + 3 or tip - below - 3 end
  plan.placer:add { style = style, text = value.text, mark = value.mark, priority = math.abs(value.value or 0),
    at = { { left + wide / 2, at, "center" } } }
end

function M.measure(self, cx, width, height)
  local style, token = cx:style("chart_label", { weight = 500 })
  local spec, count = self.spec, #self.items
  local tall = height or 150
  local plan = { values = {}, bars = 1, width = width, placer = labels.new(width, tall) }
  plan.top, plan.legend = legend.height(self, cx, width)
  local widest = 0
  for _, item in ipairs(self.items) do
    local sum = 0
    for _, value in ipairs(values_of(item)) do
      if value and value.value then
        plan.values[#plan.values + 1] = value.value
        sum = sum + value.value
        widest = max(widest, engine.text.width(style, value.text))
      end
    end
    if self.is_stacked then
      plan.values[#plan.values + 1] = sum
      item.sum = sum
      if not spec.share then item.total = engine.format.number(sum, { decimals = self.decimals }) end
    else
      plan.bars = max(plan.bars, #values_of(item))
    end
  end
  plan.low, plan.high = scale.range(plan.values)
  plan.high = max(plan.high, spec.max or 0)
  local references = self.references and require "briefpress.chart.references"
  plan.right = width -- Where the bars end.
  if references then
    local room
    plan.low, plan.high = references.widen(self.references, plan.low, plan.high)
    plan.side, room = references.side(cx, self.references, width)
    plan.right = width - room
  end
  local shared = self.shared
  if shared then plan.low, plan.high = min(plan.low, shared.y_low), max(plan.high, shared.y_high) end
  -- An axis where values are not written; and where nothing is said, if they are wider than their bars have room.
  local wish = spec.labels or "end"
  if not spec.labels and not self.is_stacked then
    local room = min(plan.bars > 1 and 44 or math.huge, plan.right / count * (plan.bars > 1 and 0.72 / plan.bars or 1))
    if widest > room then wish = "none" end
  end
  local has_axis = wish == "none"
  plan.head = wish ~= "none" and token.leading + 2 or 0
  plan.left = 0
  local ticks = cx:style("chart_label", { color = "muted" })
  if has_axis then
    plan.axis = axis.number(self, { percent = spec.share }, plan.low, plan.high, max(2, min(6, tall // 30)), true)
    plan.low, plan.high = plan.axis.low, plan.axis.high
    plan.tick_style, plan.head = ticks, max(plan.head, token.leading / 2)
    for _, tick in ipairs(plan.axis.ticks) do plan.left = max(plan.left, engine.text.width(ticks, tick.text) + 6) end
  end
  plan.slot = (plan.right - plan.left) / count
  plan.foot = set_names(self, cx, plan) + 5
  if not height then -- A legend and long names make it higher, not its bars lower.
    tall = tall + plan.top + max(0, plan.foot - 2 * token.leading - 5)
    plan.placer.height = tall
  end
  plan.group = min(spec.bar_width and spec.bar_width * plan.bars or 44 * plan.bars, plan.slot * 0.72)
  plan.scale = tall - plan.top - plan.foot - plan.head - (plan.low < 0 and plan.head or 0)
  if plan.scale < 20 then
    cx:fail(("%s: a height of %.0f points leaves no room for its bars; give height = %.0f or more"):format(self.name,
      tall,
      tall - plan.scale + 20), self.place)
  end
  local span = plan.high - plan.low
  plan.zero = plan.top + plan.head + plan.high / span * plan.scale
  local above, below = labels.extent(ticks)
  for _, tick in ipairs(plan.axis and plan.axis.ticks or {}) do
    local wide, baseline = engine.text.width(ticks, tick.text), plan.zero - tick.value / span * plan.scale
      + engine.text.metrics(ticks).cap_height / 2
    tick.baseline = baseline
    tick.is_shown = plan.placer:is_free(plan.left - 6 - wide, baseline - above, plan.left - 6, baseline + below)
    if tick.is_shown then plan.placer:take(plan.left - 6 - wide, baseline - above, wide, above + below) end
  end
  if plan.top > 0 then plan.placer:take(0, 0, width, plan.top - legend.FOOT) end
  local names_top = tall - plan.foot + 5
  plan.names_top = names_top
  for _, name in ipairs(plan.names) do
    plan.placer:take(name.middle - name.width / 2, names_top, name.width, name.height)
  end
  plan.rects = {}
  for i, item in ipairs(self.items) do
    local list = values_of(item)
    local middle = plan.left + (i - 0.5) * plan.slot
    local thick = plan.group / (self.is_stacked and 1 or #list)
    local at = plan.zero
    for s, value in ipairs(list) do
      local number = value and value.value
      local high = number and number / span * plan.scale or 0
      local color = frame.color(self, cx, not item.values and item or nil, s, item.values ~= nil)
      if self.is_stacked then
        if high > 0 then
          plan.rects[#plan.rects + 1] = { middle - thick / 2, at - high, thick, max(high - 0.75, 0.25), color }
        end
        local wide = number and engine.text.width(style, value.text) or 0
        local is_written = wish ~= "none" and high > 0
        if is_written and (high <= token.leading or wide >= thick - 4) then
          plan.placer:drop(value.text)
        elseif is_written then
          local inside = cx:style("chart_label", { weight = 500, color = frame.on(cx, color, self.place) })
          plan.placer:add { style = inside, text = value.text, mark = value.mark, priority = number,
            at = { { middle, at - high / 2 + engine.text.metrics(style).cap_height / 2, "center" } } }
        end
        at = at - high
      elseif number then
        local left = middle - plan.group / 2 + (s - 1) * thick
        local wide = max(thick - (#list > 1 and min(1.5, thick * 0.2) or 0), 0.1)
        if high ~= 0 then
          plan.rects[#plan.rects + 1] = { left, min(plan.zero, plan.zero - high), wide, math.abs(high), color }
        end
        if wish == "inside" and math.abs(high) > token.leading + 4 then
          local inside = cx:style("chart_label", { weight = 500, color = frame.on(cx, color, self.place) })
          add_value(plan, inside, value, left, wide, plan.zero - high, high > 0, true)
        elseif wish ~= "none" then
          add_value(plan, style, value, left, wide, plan.zero - high, high >= 0)
        end
      end
    end
    if item.total and wish ~= "none" then
      plan.placer:add { style = style, text = item.total, at = { { middle, at - 4, "center" } }, priority = item.sum }
    end
  end
  if references then
    references.add_side(plan.side, plan.placer, function(value) return plan.zero - value / span * plan.scale end,
      plan.right, plan.top, tall)
  end
  plan.placer:solve()
  return tall, plan
end

function M.draw(self, cx, canvas, x, y, _, _, plan)
  if plan.legend then legend.paint(cx, canvas, plan.legend, x, y) end
  local left, right = x + plan.left, x + plan.right
  local references = self.references and require "briefpress.chart.references"
  local function at_value(value) return y + plan.zero - value / (plan.high - plan.low) * plan.scale end
  if references then references.draw_bands(cx, canvas, self.references, at_value, left, right, false) end
  if plan.axis then
    local path = {}
    for _, tick in ipairs(plan.axis.ticks) do
      local at = y + plan.zero - tick.value / (plan.high - plan.low) * plan.scale
      table.move({ "M", x + plan.left, at, "L", right, at }, 1, 6, #path + 1, path)
      if tick.is_shown then canvas:text(plan.tick_style, x + plan.left - 6, y + tick.baseline, tick.text, "right") end
    end
    canvas:path(path, { stroke = cx:color "faint", line_width = 0.4 })
  end
  for _, rect in ipairs(plan.rects) do
    canvas:rect(x + rect[1], y + rect[2], rect[3], rect[4], { fill = rect[5] })
  end
  for _, name in ipairs(plan.names) do
    name.paragraph:layout(plan.name_room)
    canvas:paragraph(name.paragraph, x + name.middle - plan.name_room / 2, y + plan.names_top)
  end
  plan.placer:draw(cx, canvas, x, y)
  canvas:line(left, y + plan.zero, right, y + plan.zero, { stroke = cx:color "muted", line_width = 0.4 })
  if references then
    local boxes, rects = {}, {}
    for i, label in ipairs(plan.placer.placed) do
      local box = label.box
      boxes[i] = { x + box[1], y + box[2], x + box[3], y + box[4] }
    end
    for i, rect in ipairs(plan.rects) do rects[i] = { x + rect[1], y + rect[2], rect[3], rect[4] } end
    references.draw_level(cx, canvas, self.references, at_value, left, right, boxes, rects)
  end
end

return M
