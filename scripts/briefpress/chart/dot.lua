--- Dot plots, as Cleveland drew them: a row for each item, a dot for each of its values on one scale, which need not
--- begin at zero. Several values are joined by a line, and told apart by colour and shape.
local axis = require "briefpress.chart.axis"
local colors = require "briefpress.chart.colors"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local items = require "briefpress.chart.items"
local labels = require "briefpress.chart.labels"
local legend = require "briefpress.chart.legend"
local options = require "briefpress.options"
local rows = require "briefpress.chart.named_rows"

local M = {}

local known = options.define("chart.dot", frame.options { series = "any", x_axis = "table", labels = "boolean",
  periods = "boolean",
  label_width = "length", rows = "any", x = "string", y = "any", sort = { "none", "rising", "falling" },
  references = "table", decimals = "count" })

local DOT = 6.4

local Plot = {}

--- The values of an item; `false` where one is missing.
local function values_of(item)
  return item.values or { item }
end

function Plot.prepare(self, cx)
  local list = items.of(cx, self)
  local count = items.same_counts(self, list)
  self.count = count
  if self.spec.references then self.references = require("briefpress.chart.references").read(self, "x") end
  local sort = self.spec.sort
  if sort and sort ~= "none" then
    for i, item in ipairs(list) do
      item.order = i
      item.key = -math.huge
      for _, value in ipairs(values_of(item)) do
        if value and value.value then item.key = value.value end
      end
    end
    table.sort(list, function(a, b)
      if a.key ~= b.key then return (a.key < b.key) == (sort == "rising") end
      return a.order < b.order
    end)
  end
  return list
end

function Plot.extent(self)
  local low, high = math.huge, -math.huge
  for _, item in ipairs(self.items) do
    for _, value in ipairs(values_of(item)) do
      if value and value.value then low, high = math.min(low, value.value), math.max(high, value.value) end
    end
  end
  if self.references then low, high = require("briefpress.chart.references").widen(self.references, low, high) end
  return { x_low = low, x_high = high, y_low = 0, y_high = 1 }
end

local function color_of(self, cx, item, s)
  if self.count == 1 then
    return item.color and cx:color(item.color) or self.spec.color and cx:color(self.spec.color) or colors.series(cx, 1)
  end
  return colors.series(cx, s)
end

--- The names of the series: above their dots in the first row where they keep apart, else a legend.
local function head(self, cx, plan, width)
  local names = self.series_names
  if not names or self.count < 2 then return end
  local style = cx:style("chart_label", { weight = 600 })
  local spots = {}
  for s, name in ipairs(names) do
    local value = values_of(self.items[1])[s]
    if not (value and value.value) then return false end
    local wide = engine.text.width(style, name)
    spots[s] = { at = plan.left + plan.x:at(value.value) * plan.w, size = wide, name = name, s = s }
  end
  table.sort(spots, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.s < b.s
  end)
  local edge = 0
  for _, spot in ipairs(spots) do
    local middle = math.min(math.max(spot.at, spot.size / 2), width - spot.size / 2)
    if middle - spot.size / 2 < edge or math.abs(middle - spot.at) > spot.size / 2 then return false end
    spot.middle = middle
    edge = middle + spot.size / 2 + 8
  end
  return spots
end

function Plot.measure(self, cx, width, height)
  local spec, list = self.spec, self.items
  local style, token = cx:style("chart_label", { weight = 500 })
  local x_spec = axis.options(self, "x_axis")
  local plan = { width = width, placer = labels.new(width, 1e6), spots = {} }
  local total = #list * self.count
  plan.has_values = spec.labels == true or (spec.labels == nil and total <= 30)
  local widest = 0
  for _, item in ipairs(list) do
    for _, value in ipairs(values_of(item)) do
      if value and value.value then widest = math.max(widest, engine.text.width(style, value.text)) end
    end
  end
  local set = rows.names(cx, list, width, spec.label_width and cx:length(spec.label_width, width), plan.placer,
    (plan.has_values and 2 * widest or 0) + 60)
  plan.rows = set
  local side = plan.has_values and widest + DOT / 2 + 4 or DOT / 2
  plan.left = set.left + (plan.has_values and self.count > 1 and side or DOT / 2)
  plan.w = width - plan.left - side
  if plan.w < 30 then
    cx:fail(("chart.dot: %.0f points leave no room for its dots; give it more, or shorten the names"):format(width),
      self.place)
  end
  local extent = self.shared or Plot.extent(self)
  local tick_style = cx:style("chart_label", { color = "muted" })
  for wanted = math.max(2, math.min(8, math.floor(plan.w / 40) + 1)), 2, -1 do
    plan.x = axis.number(self, x_spec, extent.x_low, extent.x_high, wanted, not plan.has_values)
    local edge, is_apart = -math.huge, true
    for _, tick in ipairs(plan.x.ticks) do
      local wide = engine.text.width(tick_style, tick.text)
      local middle = plan.left + plan.x:at(tick.value) * plan.w
      is_apart = is_apart and middle - wide / 2 > edge + 6
      edge = middle + wide / 2
    end
    if is_apart then break end
  end
  local references = self.references and require "briefpress.chart.references"
  local laid, laid_height
  if references then
    for i, one in ipairs(self.references) do
      if not plan.x:has(one.from) or not plan.x:has(one.to or one.from) then
        options.fail(("%s: reference %d stands outside of the axis, which goes from %g to %g"):format(self.name, i,
          plan.x.low, plan.x.high), self.place)
      end
    end
    laid, laid_height = references.head(cx, self.references,
      function(value) return plan.left + plan.x:at(value) * plan.w end, width)
  end
  local spots, top = false, 0
  if not laid or laid_height == 0 then spots = head(self, cx, plan, width) end
  if spots then
    top = token.leading + 3
    plan.head = spots
  elseif spots == false and self.series_names and self.count > 1 and not self.hides_names then
    local entries = {}
    for s, name in ipairs(self.series_names) do
      entries[s] = { label = name, color = color_of(self, cx, {}, s), kind = "mark",
        shape = colors.shapes[(s - 1) % 6 + 1] }
    end
    plan.legend, top = legend.lay(cx, entries, width)
  end
  if self.hides_names then plan.head = nil end
  if laid then
    plan.reference_head, plan.reference_top = laid, top
    top = top + laid_height
  end
  local foot = (plan.has_values and 0 or token.leading + 6) + (x_spec.title and token.leading + 2 or 0)
  local bottom = rows.stack(cx, set, #list, top, math.max(token.leading, DOT + 1), 3, height and height - top - foot)
  plan.top, plan.bottom = top, bottom
  local tall = bottom + foot
  plan.placer.height = tall
  rows.take(set, plan.placer)
  for _, spot in ipairs(plan.head or {}) do plan.placer:take(spot.middle - spot.size / 2, 0, spot.size,
    token.leading) end
  if laid then
    plan.placer:take(0, plan.reference_top, width, laid_height)
    for _, one in ipairs(self.references) do
      if not one.to then plan.placer:avoid(plan.left + plan.x:at(one.from) * plan.w - 0.5, top, 1, bottom - top) end
    end
  end
  plan.tick_style = tick_style
  local above, below = labels.extent(tick_style)
  if not plan.has_values then
    plan.ticks_baseline = bottom + 5 + cx:baseline "chart_label"
    for _, tick in ipairs(plan.x.ticks) do
      local wide = engine.text.width(tick_style, tick.text)
      tick.middle = math.min(math.max(plan.left + plan.x:at(tick.value) * plan.w, wide / 2), width - wide / 2)
      tick.is_shown = plan.placer:is_free(tick.middle - wide / 2, plan.ticks_baseline - above, tick.middle + wide / 2,
        plan.ticks_baseline + below)
      if tick.is_shown then
        plan.placer:take(tick.middle - wide / 2, plan.ticks_baseline - above, wide, above + below)
      end
    end
  end
  if x_spec.title then
    plan.title = labels.cut(tick_style, x_spec.title, width)
    plan.title_baseline = tall - token.leading + cx:baseline "chart_label"
  end
  local mark_tall = math.max(token.leading, DOT + 1)
  local half = engine.text.metrics(style).cap_height / 2
  for i, item in ipairs(list) do
    local middle = set.tops[i] + mark_tall / 2
    local row = { y = middle, item = item }
    for s, value in ipairs(values_of(item)) do
      if value and value.value then
        row[#row + 1] = { x = plan.left + plan.x:at(value.value) * plan.w, s = s, value = value,
          color = color_of(self, cx, item, s) }
        plan.placer:avoid(row[#row].x - DOT / 2, middle - DOT / 2, DOT, DOT)
      end
    end
    table.sort(row, function(a, b)
      if a.x ~= b.x then return a.x < b.x end
      return a.s < b.s
    end)
    plan.spots[i] = row
    if plan.has_values then
      for k, spot in ipairs(row) do
        local right, left = { spot.x + DOT / 2 + 3.5, middle + half }, { spot.x - DOT / 2 - 3.5, middle + half,
          "right" }
        local at = (k == 1 and #row > 1) and { left, right } or { right, left }
        local text_style = self.count > 1
          and cx:style("chart_label", { weight = 500, color = colors.of_words(cx, spot.color) }) or style
        plan.placer:add { style = text_style, text = spot.value.text, mark = spot.value.mark, at = at,
          priority = (k == 1 or k == #row) and 5 or 3 }
      end
    end
  end
  plan.placer:solve()
  return tall, plan
end

function Plot.draw(self, cx, canvas, x, y, width, _, plan)
  local faint, paper = cx:color "faint", cx:color "paper"
  if plan.legend then legend.paint(cx, canvas, plan.legend, x, y) end
  local references = self.references and require "briefpress.chart.references"
  local function at_value(value) return x + plan.left + plan.x:at(value) * plan.w end
  if references then
    references.draw_head(plan.reference_head, cx, canvas, x, y + plan.reference_top)
    references.draw_bands(cx, canvas, self.references, at_value, y + plan.top - 1, y + plan.bottom + 3, true)
  end
  for _, spot in ipairs(plan.head or {}) do
    canvas:text((cx:style("chart_label", { weight = 600, color = colors.of_words(cx, colors.series(cx, spot.s)) })),
      x + spot.middle, y + cx:baseline "chart_label", spot.name, "center")
  end
  local path = {}
  if not plan.has_values then
    for _, tick in ipairs(plan.x.ticks) do
      local at = x + plan.left + plan.x:at(tick.value) * plan.w
      table.move({ "M", at, y + plan.top, "L", at, y + plan.bottom + 3 }, 1, 6, #path + 1, path)
    end
    canvas:path(path, { stroke = faint, line_width = 0.4 })
  end
  path = {}
  for _, row in ipairs(plan.spots) do
    table.move({ "M", x + plan.rows.left, y + row.y, "L", x + width, y + row.y }, 1, 6, #path + 1, path)
  end
  canvas:path(path, { stroke = faint, line_width = 0.5, dash = { 0.5, 2 } })
  if references then -- Below the dots, so that one on the line is seen whole.
    local boxes = {}
    for _, label in ipairs(plan.placer.placed) do
      local box = label.box
      boxes[#boxes + 1] = { x + box[1], y + box[2], x + box[3], y + box[4] }
    end
    for i, top in ipairs(plan.rows.is_above and plan.rows.name_tops or {}) do
      local name = plan.rows.names[i]
      if name then boxes[#boxes + 1] = { x, y + top, x + name.width, y + top + name.height } end
    end
    references.draw_upright(cx, canvas, self.references, plan.reference_head, at_value, y + plan.top,
      y + plan.bottom + 3, boxes, {})
  end
  for _, row in ipairs(plan.spots) do
    if #row > 1 then
      canvas:line(x + row[1].x, y + row.y, x + row[#row].x, y + row.y, { stroke = cx:color "muted", line_width = 1.2 })
    end
    for _, spot in ipairs(row) do
      colors.mark(canvas, self.count > 1 and colors.shapes[(spot.s - 1) % 6 + 1] or "circle", x + spot.x, y + row.y,
        DOT,
        spot.color, paper)
    end
  end
  rows.draw(plan.rows, canvas, x, y)
  if not plan.has_values then
    for _, tick in ipairs(plan.x.ticks) do
      if tick.is_shown then
        canvas:text(plan.tick_style, x + tick.middle, y + plan.ticks_baseline, tick.text, "center")
      end
    end
  end
  if plan.title then canvas:text(plan.tick_style, x + width, y + plan.title_baseline, plan.title, "right") end
  plan.placer:draw(cx, canvas, x, y)
end

function Plot.describe(self, cx)
  return require("briefpress.chart.alt").items(self, cx)
end

--- See scripts/types.
function M.dot(spec)
  options.expect(spec, "table", "chart.dot")
  spec = options.read("chart.dot", spec, known)
  return frame.make("chart.dot", spec, Plot, options.list(spec))
end

return M
