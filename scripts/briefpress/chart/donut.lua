--- Ring charts: the parts of a whole as sectors, each named directly at its middle; names that would meet move apart
--- and keep a line to their sector. The middle holds a text, or the sum.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local frame = require "briefpress.chart.frame"
local inline = require "briefpress.inline"
local items = require "briefpress.chart.items"
local options = require "briefpress.options"
local placers = require "briefpress.chart.labels"
local scale = require "briefpress.chart.scale"
local words = placers.words

local M = {}

local known = options.define("chart.donut", frame.options { hole = "number", center = "any", size = "length",
  periods = "boolean", decimals = "count" })
known.color = nil -- Each part has one of its own.
local SPACE = 3          -- Between labels.
local OUT, REACH = 10, 6 -- How far a label's line leaves the ring, and runs level.

local Plot = {}

function Plot.prepare(self, cx)
  local list = items.read(cx, self.list, self.name, self.place, self.spec.periods, self.spec.decimals)
  self.sum = 0
  for _, item in ipairs(list) do
    if not item.value then options.fail(self.name .. ": each item has one value", self.place) end
    if item.value < 0 then
      options.fail(('%s: "%s" is below zero; a ring shows parts of a whole'):format(self.name, item.label), self.place)
    end
    self.sum = self.sum + item.value
  end
  if self.sum <= 0 then options.fail(self.name .. ": the parts must make more than zero", self.place) end
  return list
end

--- Leaves out the labels of the smallest sectors where a side has more than it has room for.
local function keep_most(side, tall, placer)
  local sum = -SPACE
  for _, label in ipairs(side) do sum = sum + label.size + SPACE end
  while sum > tall and #side > 0 do
    local least = 1
    for i, label in ipairs(side) do
      if label.item.value < side[least].item.value then least = i end
    end
    local label = table.remove(side, least)
    label.is_dropped = true
    placer:drop(label.item.label ~= "" and label.item.label or label.item.text)
    sum = sum - label.size - SPACE
  end
end

--- Where each label goes: by the middle of its sector, on its side, moved apart from its neighbours.
local function place_labels(self, cx, size, tall, room, placer)
  local small, token = cx:style "chart_label"
  local labels, sides = {}, { left = {}, right = {} }
  local angle = 0
  for i, item in ipairs(self.items) do
    local sweep = item.value / self.sum * 360
    local middle = math.rad(angle + sweep / 2)
    local paragraph = engine.text.paragraph { spans = { { style = small, text = words(small, item.label, room) } },
      leading = token.leading, align = math.sin(middle) < 0 and "right" or "left" }
    local lines = paragraph:layout(room)
    local label = { item = item, from = angle, to = angle + sweep, middle = middle, paragraph = paragraph,
      size = token.leading * (1 + lines), at = tall / 2 - math.cos(middle) * (size / 2 + OUT), index = i }
    labels[i] = label
    if (item.value or 0) > 0 then
      local side = math.sin(middle) < 0 and sides.left or sides.right
      side[#side + 1] = label
    end
    angle = angle + sweep
  end
  for _, side in ipairs { sides.left, sides.right } do
    table.sort(side, function(a, b)
      if a.at ~= b.at then return a.at < b.at end
      return a.index < b.index
    end)
    keep_most(side, tall, placer)
    scale.spread(side, 0, tall, SPACE)
  end
  return labels
end

function Plot.measure(self, cx, width, height)
  local spec = self.spec
  local size = spec.size and cx:length(spec.size, width) or math.min(150, width * 0.42)
  local _, token = cx:style "chart_label"
  local room = math.min((width - size) / 2 - OUT - REACH - 6, 150)
  if room < 30 then
    cx:fail(("%s: %.0f points leave no room for its labels; make the ring smaller (size =)"):format(self.name, width),
      self.place)
  end
  local most = math.max(size + 2 * token.leading, height or 0)
  local plan = { size = size, room = room, placer = placers.new(width, most) }
  plan.labels = place_labels(self, cx, size, most, room, plan.placer)
  return most, plan
end

local function draw_center(self, cx, canvas, x, y, inner)
  local center = self.spec.center
  if center == nil or center == false then return end
  if block.is(center) then
    local wide = inner * 1.7
    local fragment = center:layout(cx, wide, inner * 2)
    if not fragment then cx:fail(self.name .. ": the block in its middle does not fit", self.place) end
    fragment:draw(canvas, x - wide / 2, y - fragment.height / 2)
    return
  end
  local wide = inner * 1.7
  local paragraph, over
  repeat -- Smaller until its longest word fits.
    local spans, token = inline.spans(cx, center, "chart_title", over, self.place)
    paragraph = engine.text.paragraph { spans = spans, align = "center", leading = token.leading }
    over = { size = token.size - 1 }
  until paragraph:min_width() <= wide or over.size < 6
  local _, tall = paragraph:layout(wide)
  canvas:paragraph(paragraph, x - wide / 2, y - tall / 2)
end

function Plot.draw(self, cx, canvas, x, y, width, height, plan)
  local bold, token = cx:style("chart_label", { weight = 600 })
  local radius = plan.size / 2
  local inner = radius * (self.spec.hole or 0.62)
  local cx0, cy0 = x + width / 2, y + height / 2
  local muted = cx:color "muted"
  local paper = cx:color "paper"
  for i, label in ipairs(plan.labels) do
    if label.to - label.from > 0.01 then
      canvas:sector(cx0, cy0, radius, inner, label.from, label.to,
        { fill = frame.color(self, cx, label.item, i, true) })
    end
  end
  if #plan.labels > 1 then -- White gaps of one width between the sectors.
    local path = {}
    for _, label in ipairs(plan.labels) do
      local a = math.rad(label.from)
      table.move({ "M", cx0 + math.sin(a) * (inner - 1), cy0 - math.cos(a) * (inner - 1),
        "L", cx0 + math.sin(a) * (radius + 1), cy0 - math.cos(a) * (radius + 1) }, 1, 6, #path + 1, path)
    end
    canvas:path(path, { stroke = paper, line_width = 1.2 })
  end
  for _, label in ipairs(plan.labels) do
    if (label.item.value or 0) > 0 and not label.is_dropped then
      local sine, cosine = math.sin(label.middle), math.cos(label.middle)
      local way = sine < 0 and -1 or 1
      local top = y + label.at - label.size / 2
      local line_y = top + cx:baseline "chart_label" - 2.6
      local edge = cx0 + way * (radius + OUT)
      canvas:path({ "M", cx0 + sine * (radius + 2), cy0 - cosine * (radius + 2),
        "L", edge, line_y, "L", edge + way * REACH, line_y }, { stroke = muted, line_width = 0.4, join = "round" })
      local left = edge + way * (REACH + 4)
      frame.figure(cx, canvas, bold, left, top + cx:baseline "chart_label", label.item, way < 0 and "right" or "left")
      label.paragraph:layout(plan.room)
      canvas:paragraph(label.paragraph, way < 0 and left - plan.room or left, top + token.leading)
    end
  end
  draw_center(self, cx, canvas, cx0, cy0, inner)
end

--- See scripts/types.
function M.donut(spec)
  options.expect(spec, "table", "chart.donut")
  spec = options.read("chart.donut", spec, known)
  if spec.hole and not (spec.hole >= 0 and spec.hole < 1) then
    options.fail(("chart.donut: hole must be from 0 to below 1, got %g"):format(spec.hole))
  end
  if type(spec.center) == "number" then
    options.fail('chart.donut: center must be text or a block, as center = "**{total}** stations"')
  end
  return frame.make("chart.donut", spec, Plot, options.list(spec))
end

return M
