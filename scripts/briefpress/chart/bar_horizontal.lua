--- Bars that lie: names in a column on the left (above the bars where that is too narrow), values at their ends. Items
--- with several values are grouped below each other, or stacked.
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local legend = require "briefpress.chart.legend"
local scale = require "briefpress.chart.scale"
local max, min = math.max, math.min

local M = {}

local NAME_GAP, VALUE_GAP = 10, 5

local function values_of(item)
  return item.values or { item }
end

local function total_of(item)
  local sum = 0
  for _, value in ipairs(item.values) do sum = sum + (value and value.value or 0) end
  return sum
end

--- Prints a figure, and notes its box where lines of reference must keep off it.
local function print_figure(plan, cx, canvas, style, x, baseline, value, align)
  local wide = frame.figure(cx, canvas, style, x, baseline, value, align)
  if not plan.boxes then return end
  local above, below = require("briefpress.chart.labels").extent(style)
  local left = align == "right" and x - wide or x
  plan.boxes[#plan.boxes + 1] = { left, baseline - above, left + wide, baseline + below }
end

--- Draws a bar, and notes it likewise.
local function draw_bar(plan, canvas, left, top, width, height, color)
  canvas:rect(left, top, width, height, { fill = color })
  if plan.rects then plan.rects[#plan.rects + 1] = { left, top, width, height } end
end

--- The names as paragraphs of a width, with their heights.
local function set_names(self, cx, width)
  local style, token = cx:style "chart_label"
  local names = {}
  for i, item in ipairs(self.items) do
    local spans = { { style = style, text = item.label } }
    if item.note then
      spans[2] = { style = cx:style("chart_label", { color = "muted" }), text = "\n" .. item.note }
    end
    local paragraph = engine.text.paragraph { spans = spans, leading = token.leading }
    local lines, height = paragraph:layout(width)
    local is_over = false
    for k = 1, lines do is_over = is_over or paragraph:line(k).width > width + 0.01 end
    if is_over then -- A word that no line holds is cut.
      local cut = require("briefpress.chart.labels").words
      for _, span in ipairs(spans) do span.text = cut(span.style, span.text, width) end
      paragraph = engine.text.paragraph { spans = spans, leading = token.leading }
      lines, height = paragraph:layout(width)
    end
    names[i] = { paragraph = paragraph, lines = lines, height = height }
  end
  return names
end

--- True where a figure that its bar cannot hold stands behind it.
local function has_room_behind(long, to, wide, left, right)
  if long >= 0 then return to + VALUE_GAP + wide <= right + 0.5 end
  return to - VALUE_GAP - wide >= left - 0.5
end

--- True where a part of a stacked bar has room for its figure.
local function holds(long, wide)
  return long >= wide + 5
end

--- Notes the figures that the parts of stacked bars have no room for; one that is the whole bar stands behind it.
local function drop_from_parts(self, plan, style, width)
  for _, item in ipairs(self.items) do
    for _, value in ipairs(item.values or {}) do
      local number = value and value.value or 0
      if number ~= 0 and number ~= item.total_value
        and not holds(number / (plan.high - plan.low) * plan.scale, engine.text.width(style, value.text)) then
        plan.placer = plan.placer or require("briefpress.chart.labels").new(width, 0)
        plan.placer:drop(value.text)
      end
    end
  end
end

--- Notes the figures that stand neither in their bars nor behind them.
local function drop_homeless(self, plan, style, width)
  local span = plan.high - plan.low
  local zero = plan.left - plan.low / span * plan.scale
  for _, item in ipairs(self.items) do
    for _, value in ipairs(values_of(item)) do
      local long = value and value.value and value.value / span * plan.scale
      local wide = long and engine.text.width(style, value.text)
      if long and math.abs(long) <= wide + 8 and not has_room_behind(long, zero + long, wide, plan.left, width) then
        plan.placer = plan.placer or require("briefpress.chart.labels").new(width, 0)
        plan.placer:drop(value.text)
      end
    end
  end
end

function M.measure(self, cx, width, height)
  local spec, style = self.spec, (cx:style "chart_label")
  local _, token = cx:style "chart_label"
  local plan = { widest = 0, values = {}, is_stacked = self.is_stacked }
  plan.top, plan.legend = legend.height(self, cx, width)
  local name_width, bars = 0, 1
  for _, item in ipairs(self.items) do
    name_width = max(name_width, engine.text.width(style, item.label))
    if not plan.is_stacked then bars = max(bars, #values_of(item)) end
    for _, value in ipairs(values_of(item)) do
      if value and value.value then
        plan.values[#plan.values + 1] = value.value
        if spec.labels ~= "none" and spec.labels ~= "inside" and not (plan.is_stacked and item.values) then
          plan.widest = max(plan.widest, engine.text.width(style, value.text))
        end
      end
    end
    if plan.is_stacked and item.values then
      plan.values[#plan.values + 1] = total_of(item)
      item.total_value = total_of(item)
      if not spec.share then
        item.total = engine.format.number(item.total_value, { decimals = self.decimals })
        plan.widest = max(plan.widest, engine.text.width(style, item.total))
      end
    end
  end
  plan.low, plan.high = scale.range(plan.values)
  plan.high = max(plan.high, spec.max or 0)
  local references = self.references and require "briefpress.chart.references"
  if references then plan.low, plan.high = references.widen(self.references, plan.low, plan.high) end
  local shared = self.shared
  if shared then plan.low, plan.high = min(plan.low, shared.y_low), max(plan.high, shared.y_high) end
  plan.is_above = not spec.label_width and (width < 220 or name_width > width * 0.62)
  if plan.is_above then
    plan.name_width, plan.left = width, 0
  else
    plan.name_width = spec.label_width and cx:length(spec.label_width, width)
      or min(math.ceil(name_width) + 1, width * 0.4)
    plan.left = plan.name_width + NAME_GAP
  end
  plan.names = set_names(self, cx, plan.name_width)
  plan.scale = width - plan.left - (plan.widest > 0 and plan.widest + VALUE_GAP or 0)
  if plan.low < 0 then plan.scale = plan.scale - plan.widest - VALUE_GAP end
  if plan.scale < 10 then
    cx:fail(("%s: %.0f points leave no room for its bars"):format(self.name, width), self.place)
  end
  -- Values are drawn a little bolder than names: the longest bar leaves room for that where it shows.
  local bold, over = cx:style("chart_label", { weight = 500 }), 0
  local span = plan.high - plan.low
  if plan.widest > 0 then
    for _, item in ipairs(self.items) do
      for _, value in ipairs(item.total and { { value = item.total_value, text = item.total } } or values_of(item)) do
        local number = value and value.value
        local free = number and ((number < 0 and -plan.low or plan.high) - math.abs(number)) / span * plan.scale
        if free and free < plan.widest * 0.1 then
          over = max(over, engine.text.width(bold, value.text) - plan.widest - free)
        end
      end
    end
    if over > 0.5 then plan.widest, plan.scale = plan.widest + over, plan.scale - over * (plan.low < 0 and 2 or 1) end
  end
  if references then
    local tall
    plan.head_top = plan.top
    plan.head, tall = references.head(cx, self.references, function(value)
      return plan.left + (plan.low < 0 and plan.widest + VALUE_GAP or 0) + (value - plan.low) / span * plan.scale
    end, width)
    plan.top = plan.top + tall
  end
  -- Heights: of the bars as asked for, else as the height given divides, else the usual.
  local thick, gap = spec.bar_width or (bars > 1 and 10 or 14), spec.gap or 8
  if height and not spec.bar_width then
    local room = (height - plan.top) / #self.items
    if plan.is_above then room = room - token.leading - 3 end
    thick = max(3, min(room * 0.66 / bars, 28))
    gap = max(2, room - thick * bars)
  end
  plan.thick, plan.tops, plan.bars = thick, {}, bars
  -- Bars too thin for their values: of those that touch each other only some are labelled.
  local line, whole = style.size * 1.13, bars * thick + (bars - 1) * 1.5
  if bars > 1 and thick + 1.5 < line and spec.labels ~= "none" then
    plan.placer, plan.is_silent = require("briefpress.chart.labels").new(width, 0), {}
    local edge = -0.5
    for s = 1, bars do
      local middle = (s - 1) * (thick + 1.5) + thick / 2
      if middle - line / 2 >= edge and middle + line / 2 <= whole + 0.5 then
        edge = middle + line / 2
      else
        plan.is_silent[s] = true
        for _, item in ipairs(self.items) do
          if item.values[s] then plan.placer:drop(item.values[s].text) end
        end
      end
    end
  end
  if plan.is_stacked and spec.labels ~= "none" then
    drop_from_parts(self, plan, bold, width)
  elseif spec.labels == "inside" then
    drop_homeless(self, plan, bold, width)
  end
  plan.pad = plan.is_above and spec.labels ~= "none" and max(0, line - whole) / 2
    or 0 -- So that figures keep off names.
  local y = plan.top
  for i, name in ipairs(plan.names) do
    local group = bars * thick + (bars - 1) * 1.5
    plan.tops[i] = y
    y = y + (plan.is_above and name.height + 3 + group + 2 * plan.pad or max(group, name.height))
      + (i < #plan.names and gap or 0)
  end
  plan.bottom = y
  return y, plan
end

local function draw_value(plan, cx, canvas, self, style, value, color, from, to, middle, left, right)
  if self.spec.labels == "none" then return end
  local baseline = middle + engine.text.metrics(style).cap_height / 2
  if self.spec.labels == "inside" then
    local wide = engine.text.width(style, value.text)
    if math.abs(to - from) > wide + 8 then
      print_figure(plan, cx, canvas,
        (cx:style("chart_label", { weight = 500, color = frame.on(cx, color, self.place) })),
        to > from and to - 4 or to + 4, baseline, value, to > from and "right" or "left")
      return
    end
    if not has_room_behind(to - from, to, wide, left, right) then return end
  end
  if to >= from then
    print_figure(plan, cx, canvas, style, to + VALUE_GAP, baseline, value)
  else
    print_figure(plan, cx, canvas, style, to - VALUE_GAP, baseline, value, "right")
  end
end

function M.draw(self, cx, canvas, x, y, width, _, plan)
  local style = cx:style("chart_label", { weight = 500 })
  local span = plan.high - plan.low
  local left = x + plan.left
  if plan.low < 0 then left = left + plan.widest + VALUE_GAP end
  local zero = left - plan.low / span * plan.scale
  if plan.legend then legend.paint(cx, canvas, plan.legend, x, y) end
  local references = self.references and require "briefpress.chart.references"
  local function at_value(value) return zero + value / span * plan.scale end
  if references then
    plan.boxes, plan.rects = {}, {}
    references.draw_head(plan.head, cx, canvas, x, y + plan.head_top)
    references.draw_bands(cx, canvas, self.references, at_value, y + plan.top - 1, y + plan.bottom + 3, true)
  end
  local first, last
  for i, item in ipairs(self.items) do
    local name, top = plan.names[i], y + plan.tops[i]
    local group = plan.bars * plan.thick + (plan.bars - 1) * 1.5
    name.paragraph:layout(plan.name_width)
    if plan.is_above then
      canvas:paragraph(name.paragraph, x, top)
      for k = 1, plan.boxes and name.lines or 0 do
        local tall = name.height / name.lines
        plan.boxes[#plan.boxes + 1] = { x, top + (k - 1) * tall, x + name.paragraph:line(k).width, top + k * tall }
      end
      top = top + name.height + 3 + plan.pad
    else
      local tall = max(group, name.height)
      canvas:paragraph(name.paragraph, x, top + (tall - name.height) / 2)
      top = top + (tall - group) / 2
    end
    first, last = first or top, top + group
    local at = zero
    for s, value in ipairs(values_of(item)) do
      local number = value and value.value
      local long = number and number / span * plan.scale or 0
      local color = frame.color(self, cx, not item.values and item or nil, s, item.values ~= nil)
      if number and plan.is_stacked then
        if long > 0 then
          draw_bar(plan, canvas, at, top, max(long - (s < #item.values and 0.75 or 0), 0.25), plan.thick, color)
        end
        local wide = engine.text.width(style, value.text)
        local is_whole = value.value == item.total_value -- The number behind the bar says it already.
        if self.spec.labels ~= "none" and holds(long, wide) and not is_whole then
          local inside = cx:style("chart_label", { weight = 500, color = frame.on(cx, color, self.place) })
          print_figure(plan, cx, canvas, inside, at + min(4, (long - wide) / 2),
            top + plan.thick / 2 + engine.text.metrics(style).cap_height / 2, value)
        end
        at = at + long
      elseif number then
        local bar = top + (s - 1) * (plan.thick + 1.5)
        if long ~= 0 then draw_bar(plan, canvas, min(zero, zero + long), bar, math.abs(long), plan.thick, color) end
        if not (plan.is_silent and plan.is_silent[s]) then
          draw_value(plan, cx, canvas, self, style, value, color, zero, zero + long, bar + plan.thick / 2,
            x + plan.left, x + width)
        end
      end
    end
    if item.total and self.spec.labels ~= "none" then
      print_figure(plan, cx, canvas, style, at + VALUE_GAP,
        top + plan.thick / 2 + engine.text.metrics(style).cap_height / 2, { text = item.total })
    end
  end
  if not plan.is_above or plan.low < 0 then
    canvas:line(zero, first - 3, zero, last + 3, { stroke = cx:color "muted", line_width = 0.4 })
  end
  if references then
    references.draw_upright(cx, canvas, self.references, plan.head, at_value, y + plan.top, last + 3, plan.boxes,
      plan.rects)
  end
end

return M
