--- Treemaps: rectangles whose areas are the values, as near to squares as they come ("Squarified Treemaps", Bruls,
--- Huizing and van Wijk, 2000). Items may be grouped; a group's parts lie together in its colour. Words stand inside
--- where they fit.
local colors = require "briefpress.chart.colors"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local items = require "briefpress.chart.items"
local labels = require "briefpress.chart.labels"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local max, min = math.max, math.min

local M = {}

local known = options.define("chart.treemap", frame.options { labels = { "both", "names", "none" }, periods = "boolean",
  rows = "any", x = "string", y = "any", decimals = "count" })
local known_group = options.define("chart.treemap.group", { label = "string", color = "color", items = "table" })

local PAD, GAP = 5, 1.2

local Plot = {}

function Plot.prepare(self, cx)
  local groups, flat = {}, {}
  local function group(label, color, list)
    local one = { label = label, color = color, items = list, value = 0 }
    for _, item in ipairs(list) do
      if item.values then options.fail("chart.treemap: each item has one value", self.place) end
      if item.value then
        if item.value < 0 then
          options.fail(('chart.treemap: "%s" is below zero; areas cannot show it'):format(item.label), self.place)
        end
        one.value = one.value + item.value
        item.group = one
        flat[#flat + 1] = item
      end
    end
    groups[#groups + 1] = one
  end
  local loose = {}
  if self.spec.rows ~= nil then
    loose = items.of(cx, self)
  else
    local plain = {}
    for _, given in ipairs(self.list) do
      if type(given) == "table" and given.items then
        options.read("chart.treemap.group", given, known_group, true)
        group(given.label or "", given.color, items.read(cx, given.items, self.name, self.place, self.spec.periods,
          self.spec.decimals))
      else
        plain[#plain + 1] = given
      end
    end
    if #plain > 0 then loose = items.read(cx, plain, self.name, self.place, self.spec.periods, self.spec.decimals) end
  end
  self.has_groups = #groups > 0
  if #loose > 0 then group("", nil, loose) end
  local sum = 0
  for _, one in ipairs(groups) do sum = sum + one.value end
  if sum <= 0 then options.fail("chart.treemap: there is nothing to draw; its values make zero", self.place) end
  for i, one in ipairs(groups) do one.number = i end
  items.level(flat, self.spec.decimals)
  for i, item in ipairs(flat) do
    item.number = i
    item.said = phrase("alt_share", { value = item.text,
      percent = engine.format.number(item.value / sum * 100, { decimals = 1, percent = true }) })
  end
  self.groups, self.sum = groups, sum
  return flat
end

--- Cuts a box into parts whose areas are in proportion: rows along the shorter side, each as long as its worst part
--- gains.
---@param list {value:number}[]    The greatest first, none of them zero.
---@return number[][] boxes        {x, y, width, height}, one a part.
function M.squarify(list, x, y, width, height)
  local sum = 0
  for _, one in ipairs(list) do sum = sum + one.value end
  local unit, boxes, at = width * height / sum, {}, 1
  while at <= #list do
    local side = min(width, height)
    local last, area, worst = at - 1, 0, math.huge
    while last < #list do
      local more = area + list[last + 1].value * unit
      local thick = more / side
      local most = max(list[at].value * unit / thick ^ 2, thick ^ 2 / (list[last + 1].value * unit))
      if most > worst then break end
      last, area, worst = last + 1, more, most
    end
    local thick, along = area / side, 0
    for i = at, last do
      local long = list[i].value * unit / thick
      if width >= height then boxes[i] = { x, y + along, thick, long } else boxes[i] = { x + along, y, long, thick } end
      along = along + long
    end
    if width >= height then x, width = x + thick, width - thick else y, height = y + thick, height - thick end
    at = last + 1
  end
  return boxes
end

local function sorted(list)
  local some = {}
  for _, one in ipairs(list) do
    if one.value and one.value > 0 then some[#some + 1] = one end
  end
  table.sort(some, function(a, b)
    if a.value ~= b.value then return a.value > b.value end
    return a.number < b.number
  end)
  return some
end

--- The words of a part: its name and value, its name, or nothing.
local function add_words(self, cx, plan, part)
  local wish = self.spec.labels or "both"
  if wish == "none" or part.item.label == "" then return end
  local box, color = part.box, frame.on(cx, part.fill:sub(1, 7), cx.at)
  local room, tall = box[3] - 2 * PAD, box[4] - 2 * PAD
  local item = part.item
  local leading = select(2, cx:style "chart_label").leading
  if room >= 12 and tall >= leading - 2 then
    local style = cx:style("chart_label", { color = color, weight = 600 })
    local lines = math.floor((tall + 2) / leading)
    local longest = 0
    for word in item.label:gmatch "%S+" do
      if not word:find("[\xe3-\xe9]") then longest = max(longest, engine.text.width(style,
        word)) end -- Han breaks anywhere.
    end
    if longest <= room then
      local paragraph, wide, high, count = labels.paragraph(cx, item.label, "chart_label",
        { color = color, weight = 600 },
        room, "left", lines)
      local has_all = paragraph and count <= lines
      for i = 1, has_all and count or 0 do
        if paragraph:line(i).text:find("…", 1, true) then has_all = false end
      end
      if has_all then
        plan.placer:add { paragraph = paragraph, width = room, height = high,
          at = { { box[1] + PAD, box[2] + PAD - 1 } },
          said = item.label, priority = item.value }
        local value_style = cx:style("chart_label", { color = color })
        if wish == "both" and lines > count and engine.text.width(value_style, item.text) <= room then
          plan.placer:add { style = value_style, text = item.text, mark = item.mark, priority = item.value - 0.001,
            at = { { box[1] + PAD, box[2] + PAD - 1 + high + cx:baseline "chart_label" } } }
        end
        part.wide = wide
        return
      end
    end
  end
  plan.placer:drop(item.label)
end

function Plot.measure(self, cx, width, height)
  local tall = height or max(120, min(280, width * 0.55))
  local _, token = cx:style "chart_label"
  if tall < 30 then cx:fail("chart.treemap: a height of less than 30 points shows nothing", self.place) end
  local plan = { placer = labels.new(width, tall), parts = {} }
  for i, one in ipairs(self.groups) do
    one.paint = one.color and cx:color(one.color) or not self.has_groups and self.spec.color
      and cx:color(self.spec.color)
      or colors.series(cx, i)
  end
  local some = sorted(self.groups)
  local boxes = M.squarify(some, 0, 0, width, tall)
  for g, one in ipairs(some) do
    local box = boxes[g]
    local left, top, wide, high = box[1], box[2], box[3], box[4]
    if self.has_groups and one.label ~= "" then -- The group's name above its parts.
      local style = cx:style("chart_label", { weight = 600, color = "ink" })
      local text = labels.cut(style, one.label, wide - 3)
      if high > token.leading + 14 and wide > 24 and text ~= "" then
        plan.placer:add { style = style, text = text, said = one.label, priority = self.sum * 2,
          at = { { left + 1, top + cx:baseline "chart_label" } } }
        top, high = top + token.leading + 2, high - token.leading - 2
      else
        plan.placer:drop(one.label)
      end
      if left + wide < width - 0.5 then wide = max(wide - 2, 0.5) end
      if top + high < tall - 0.5 then high = max(high - 3, 0.5) end
    end
    local list = sorted(one.items)
    for i, inner in ipairs(M.squarify(list, left, top, wide, high)) do
      local fill = list[i].color and cx:color(list[i].color) or one.paint
      local part = { item = list[i], fill = fill,
        box = { inner[1], inner[2], max(inner[3] - (inner[1] + inner[3] < width - 0.5 and GAP or 0), 0.2),
          max(inner[4] - (inner[2] + inner[4] < tall - 0.5 and GAP or 0), 0.2) } }
      plan.parts[#plan.parts + 1] = part
      add_words(self, cx, plan, part)
    end
  end
  plan.placer:solve()
  return tall, plan
end

function Plot.draw(_, cx, canvas, x, y, _, _, plan)
  for _, part in ipairs(plan.parts) do
    local box = part.box
    canvas:rect(x + box[1], y + box[2], box[3], box[4], { fill = part.fill })
  end
  plan.placer:draw(cx, canvas, x, y)
end

function Plot.describe(self, cx)
  return require("briefpress.chart.alt").items(self, cx)
end

--- See scripts/types.
function M.treemap(spec)
  options.expect(spec, "table", "chart.treemap")
  spec = options.read("chart.treemap", spec, known)
  return frame.make("chart.treemap", spec, Plot, options.list(spec))
end

return M
