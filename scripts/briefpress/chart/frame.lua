--- What all charts share: the message as title, the plot as one figure with its alternative text, the source below.
--- A chart is never broken over pages.
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"
local citation = require "briefpress.citation"
local contrast = require "briefpress.contrast"
local ledger = require "briefpress.ledger"
local phrase = require("briefpress.phrase").phrase
local text = require "briefpress.text"

local M = {}

local MOST_SAID = 24 -- Values that an alternative text lists; of more it tells the least, the greatest, and so on.
M.MOST_SAID = MOST_SAID

--- Options of every chart.
M.known = {
  title = "string", subtitle = "string", source = "any", alt = "string", height = "length", color = "color",
  note = "string",
}

--- The options of one chart with those of all.
function M.options(own)
  for key, kind in next, M.known do own[key] = own[key] or kind end
  return own
end

local Chart = {}
Chart.__index = Chart

function Chart:prepare(cx)
  if self.items then return end
  self.items = self.plot.prepare(self, cx)
  local spec = self.spec
  if spec.title then self.title = text.new(spec.title, { style = "chart_title" }) end
  if spec.subtitle then self.subtitle = text.new(spec.subtitle, { style = "chart_subtitle" }) end
  local source = spec.source
  if source == nil or source == true then
    source = {}
    for _, item in ipairs(self.items) do source[#source + 1] = item.indicator end
    if #source == 0 then source = nil end
  end
  local below = citation.text(source, self.name)
  if spec.note then below = below and spec.note .. "\\\n" .. below or spec.note end
  if below then self.below = text.new(below, { style = "caption" }) end
end

function Chart:measure(cx, width)
  self:prepare(cx)
  return math.min(width, 120), width
end

--- What the chart says, for people who cannot see it.
local function describe(self, cx)
  local spec = self.spec
  if spec.alt then return spec.alt end
  local own = self.plot.describe
  if own then return own(self, cx) end
  if #self.items > MOST_SAID then return require("briefpress.chart.alt").items(self, cx) end
  local parts = {}
  for _, item in ipairs(self.items) do
    local said
    if item.values then
      local values = {}
      for i, value in ipairs(item.values) do
        local series = self.series_names and self.series_names[i]
        values[i] = (series and series .. " " or "") .. (value and value.text or phrase "alt_none")
      end
      said = table.concat(values, phrase "separator")
    else
      said = item.said or item.text or phrase "alt_none"
    end
    local label = item.name or item.label or ""
    parts[#parts + 1] = label ~= "" and label .. phrase("colon") .. said or said
  end
  local head = phrase("alt_" .. self.name:match("[^.]+$"))
  if spec.title then head = head .. phrase("colon") .. require("briefpress.inline").plain(cx, spec.title) end
  local held = self.references and require("briefpress.chart.references").said(self.references)
  return head .. phrase("stop") .. table.concat(parts, phrase "semicolon") .. (held and phrase "stop" .. held or "")
end

M.describe = describe

local Fragment = {}
Fragment.__index = Fragment

function Fragment:locate(canvas, x, y) -- Its title, and what is below it, may have notes.
  for i = 1, #self do block.locate(self[i], canvas, x, y + self.tops[i]) end
  if self.below then block.locate(self.below, canvas, x, y + self.below_top) end
end

function Fragment:draw(canvas, x, y)
  if self.cx.is_dry then return end
  local owner, has_parts = self.owner, #self > 0 or self.below ~= nil
  if has_parts then canvas:begin_tag("Div") end
  if #self > 0 then -- Beside the figure and not in it: what stands for a figure is read instead of what is in it.
    if not owner.is_captioned then canvas:begin_tag("Caption") end
    for i = 1, #self do self[i]:draw(canvas, x, y + self.tops[i]) end
    if not owner.is_captioned then canvas:end_tag() end
  end
  canvases.begin_figure(canvas, self.alt, x, y + self.plot_top, self.width, self.plot_height)
  owner.plot.draw(owner, self.cx, canvas, x, y + self.plot_top, self.width, self.plot_height, self.plan)
  canvas:end_tag()
  local placer = self.plan and self.plan.placer
  if placer and not owner.is_told then
    owner.is_told = true
    placer:tell(owner.name, owner.place)
  end
  if self.below then self.below:draw(canvas, x, y + self.below_top) end
  if has_parts then canvas:end_tag() end
end

function Chart:layout(cx, width, height)
  self:prepare(cx)
  local fragment = setmetatable({ owner = self, cx = cx, width = width, tops = {} }, Fragment)
  local y = 0
  for _, name in ipairs { "title", "subtitle" } do
    local part = self[name]
    if part then
      local _, after = cx:spacing(part)
      fragment[#fragment + 1] = part:layout(cx, width, 1e6)
      fragment.tops[#fragment] = y
      y = y + fragment[#fragment].height + after
    end
  end
  if y > 0 then y = y + 6 end
  cx.at = self.place
  local _, label = cx:style "chart_label"
  contrast.check(cx, label, self.place)
  local given = self.spec.height and cx:length(self.spec.height, height)
  local tall, plan = self.plot.measure(self, cx, width, given)
  fragment.plot_top, fragment.plot_height, fragment.plan = y, tall, plan
  y = y + tall
  if self.below then
    fragment.below = self.below:layout(cx, width, 1e6)
    fragment.below_top = y + 8
    y = fragment.below_top + fragment.below.height
  end
  if y > height then return nil, self end
  self.said = self.said or describe(self, cx)
  fragment.height, fragment.alt = y, self.said
  return fragment
end

--- Prints a figure of the chart and notes its place in the ledger.
---@param item {text:string, mark?:integer}
function M.figure(cx, canvas, style, x, y, item, align)
  local wide = canvas:text(style, x, y, item.text, align)
  if item.mark then
    local left = align == "right" and x - wide or align == "center" and x - wide / 2 or x
    ledger.drawn(cx, item.mark, left, y - style.size * 0.75, wide, style.size)
  end
  return wide
end

--- The colour of item `i`: its own, the chart's, or the theme's series.
function M.color(self, cx, item, i, of_series)
  if item and item.color then return cx:color(item.color) end
  if self.spec.color and not of_series then return cx:color(self.spec.color) end
  if of_series and not cx.theme.colors.series then return require("briefpress.chart.colors").series(cx, i) end
  return cx:color(of_series and "series." .. i or "accent")
end

--- The colour for words on a fill: "on_accent" or "ink", whichever stands out more.
---@param fill string               "#rrggbb".
---@param place string              Of the chart, told where neither can be read well.
---@return string
function M.on(cx, fill, place)
  local function ratio(name) return contrast.ratio(cx:color(name), fill) end
  local name = ratio "on_accent" >= ratio "ink" and "on_accent" or "ink"
  local _, token = cx:style("chart_label", { weight = 500, color = name })
  contrast.check(cx, token, place, fill)
  return name
end

--- A chart from its spec and its plot: `prepare(self, cx)` answers the items, `measure(self, cx, width, height)` the
--- height of the plot and a plan, `draw(self, cx, canvas, x, y, width, height, plan)` draws it.
---@param name string             "chart.bar"
function M.make(name, spec, plot, list)
  return block.make(Chart, { name = name, spec = spec, plot = plot, list = list }, spec)
end

return M
