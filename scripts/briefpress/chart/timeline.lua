--- Timelines: an axis to scale, a mark for each event (a bar for a span), its date and words below. Labels that would
--- meet go to lower tiers; a later event is placed first, so that no line to a label crosses another label.
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local inline = require "briefpress.inline"
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local scale = require "briefpress.chart.scale"

local M = {}

local known = options.define("chart.timeline", frame.options { from = "string", to = "string",
  label_width = "length" })
known.height = nil -- Labels say how high it is.
-- Year labels; axis below them; first tier below it; between labels; from a label's line to its words.
local HEAD, AXIS, DROP, GAP, INDENT = 14, 6, 12, 10, 6

--- Beginning and end of a date or interval, in years.
local function span_of(date, what, place)
  local first, last = tostring(date):match("^([^/]+)/(.+)$")
  local from = scale.years(first or tostring(date))
  local to = last and scale.years(last, true) or nil
  if not from or (last and not to) then
    options.fail(('%s: "%s" is no date; write "2022", "2022-07", "2022-07-15" or "2017/2022"'):format(what,
      tostring(date)), place)
  end
  return from, to
end

local known_item = options.define("chart.timeline.item", { date = "string", title = "string", text = "string",
  color = "color", label = "string" })

local Plot = {}

function Plot.prepare(self)
  local list = {}
  local escape = inline.escape
  local function add(items)
    for _, item in ipairs(items) do
      local is = kind.of(item)
      if is == "statement" then
        if item.date ~= "" then
          list[#list + 1] = { date = item.date, label = escape(item.title), note = escape(item.text) }
        end
      elseif is == "list" or (type(item) == "table" and item.date == nil and #item > 0) then
        add(item)
      elseif type(item) == "table" then
        if is == nil then options.read(self.name .. ": item", item, known_item, true) end
        if not item.date then options.fail(self.name .. ": an item needs a date", self.place) end
        list[#list + 1] = { date = item.date, label = item.title or "", note = item.text or "", color = item.color,
          date_text = item.label }
      else
        options.fail(("%s: an item is a %s, expected { date =, title =, text = }"):format(self.name, type(item)),
          self.place)
      end
    end
  end
  add(self.list)
  if #list == 0 then options.fail(self.name .. ": it has no items", self.place) end
  for i, item in ipairs(list) do
    item.from, item.to = span_of(item.date, self.name, self.place)
    item.index = i
    item.date_text = item.date_text or engine.format.date(item.date, "medium")
  end
  table.sort(list, function(a, b)
    if a.from ~= b.from then return a.from < b.from end
    return a.index < b.index
  end)
  return list
end

--- What a screen reader is told of an item.
local function tell(cx, self)
  for _, item in ipairs(self.items) do
    local said = {}
    if item.label ~= "" then said[1] = inline.plain(cx, item.label, "chart_label", self.place) end
    if item.note ~= "" then said[#said + 1] = inline.plain(cx, item.note, "chart_label", self.place) end
    item.name, item.text = item.date_text, table.concat(said, " – ")
  end
end

function Plot.measure(self, cx, width)
  local spec, list = self.spec, self.items
  local style, token = cx:style "chart_label"
  local low = spec.from and span_of(spec.from, self.name, self.place) or math.floor(list[1].from)
  local high = spec.to and select(2, span_of(spec.to .. "/" .. spec.to, self.name, self.place))
  for _, item in ipairs(list) do
    if not spec.to then high = math.max(high or low + 1, math.ceil(item.to or item.from + 0.01)) end
    if item.from < low or (item.to or item.from) > high + 1e-9 then
      options.fail(('%s: "%s" is outside %s to %s'):format(self.name, item.date, spec.from or "its beginning",
        spec.to or "its end"), self.place)
    end
  end
  local room = spec.label_width and cx:length(spec.label_width, width)
    or math.min(width - 40, math.max(70, math.min(128, width / math.min(#list, 4) - GAP)))
  if width - room < 30 then cx:fail(("%s: %.0f points are too narrow"):format(self.name, width), self.place) end
  local plan = { low = low, high = high, scale = (width - room) / (high - low), labels = {}, tiers = {}, room = room }
  local bold = cx:style("chart_label", { weight = 600 })
  local muted = cx:style("chart_label", { color = "muted" })
  local taken = {} -- By tier: the left edge of what stands there.
  for i = #list, 1, -1 do
    local item = list[i]
    local spans = { { style = muted, text = item.date_text } }
    local function add(text, over)
      if text == "" then return end
      spans[#spans + 1] = { style = bold, text = "\n" }
      for _, span in ipairs((inline.spans(cx, text, "chart_label", over, self.place))) do spans[#spans + 1] = span end
    end
    add(item.label, { weight = 600 })
    add(item.note)
    local paragraph = engine.text.paragraph { spans = spans, leading = token.leading }
    local _, tall = paragraph:layout(room - INDENT)
    local x = (item.from - low) * plan.scale
    local tier = 1
    while taken[tier] and x + math.min(paragraph:max_width() + INDENT, room) + GAP > taken[tier] do tier = tier + 1 end
    for above = 1, tier do taken[above] = math.min(taken[above] or math.huge, x) end -- Its line passes them.
    plan.tiers[tier] = math.max(plan.tiers[tier] or 0, tall)
    plan.labels[i] = { item = item, x = x, paragraph = paragraph, tier = tier, tall = tall }
  end
  local y = HEAD + AXIS + DROP
  plan.tops = {}
  for tier, tall in ipairs(plan.tiers) do
    plan.tops[tier] = y
    y = y + tall + 8
  end
  plan.style, plan.step = style, math.max(1, scale.step(high - low, math.max(2, math.floor((width - room) / 60))))
  tell(cx, self)
  return y - 8, plan
end

function Plot.draw(self, cx, canvas, x, y, width, _, plan)
  local axis = y + HEAD + AXIS
  local muted, faint, accent = cx:color "muted", cx:color "faint", cx:color(self.spec.color or "accent")
  local small = cx:style("chart_label", { color = "muted", size = 7.5 })
  canvas:line(x, axis, x + width, axis, { stroke = muted, line_width = 0.6 })
  local ticks, edge = {}, x
  local first = math.ceil(plan.low / plan.step) * plan.step
  for year = first, plan.high, plan.step do
    local at = x + (year - plan.low) * plan.scale
    table.move({ "M", at, axis, "L", at, axis - 4 }, 1, 6, #ticks + 1, ticks)
    local text = engine.format.number(math.floor(year), { grouping = false })
    local wide = engine.text.width(small, text)
    local left = math.max(x, at - wide / 2)
    if left >= edge then
      local is_inside = left > x
      canvas:text(small, is_inside and at or x, axis - 7, text, is_inside and "center" or "left")
      edge = left + wide + 3
    end
  end
  if #ticks > 0 then canvas:path(ticks, { stroke = muted, line_width = 0.4 }) end
  for _, label in ipairs(plan.labels) do
    local at, top = x + label.x, y + plan.tops[label.tier]
    canvas:line(at, axis, at, top + label.tall, { stroke = faint, line_width = 0.5 })
  end
  for _, label in ipairs(plan.labels) do
    local item, at = label.item, x + label.x
    local color = item.color and cx:color(item.color) or accent
    if item.to then
      canvas:rect(at, axis - 1.75, math.max((item.to - item.from) * plan.scale, 2), 3.5, { fill = color })
    else
      canvas:circle(at, axis, 3, { fill = color, stroke = cx:color "paper", line_width = 1 })
    end
    label.paragraph:layout(plan.room - INDENT)
    canvas:paragraph(label.paragraph, at + INDENT, y + plan.tops[label.tier])
  end
end

--- See scripts/types.
function M.timeline(spec)
  options.expect(spec, "table", "chart.timeline")
  spec = options.read("chart.timeline", spec, known)
  return frame.make("chart.timeline", spec, Plot, options.list(spec))
end

return M
