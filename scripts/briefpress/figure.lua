--- A figure card: the number large, its unit small on the same baseline, then its label, change and note. A qualifier
--- ("more than") stands small above the number, so that numbers below each other keep one left edge. Cards of a row or
--- grid share the size of their numbers and their baseline.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local contrast = require "briefpress.contrast"
local inline = require "briefpress.inline"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase

local M = {}

local Figure = { is_usual = true }
Figure.__index = Figure
local GAP = 0.14 -- Between number and unit, in ems of both together.

--- True for a symbol that is read as a word, as km and °C are, and not as part of the number, as % is.
local function is_word(symbol)
  local first = symbol:byte()
  return symbol ~= "°" and (symbol:find "^%a" ~= nil or first == 0xC2 or first == 0xCE or first > 0xE2)
end

--- True where the label says the unit already: "19 days" above "Days with high ozone" says it twice.
local function says(label, unit)
  local words = unit:lower():gsub("%p", "%%%0")
  return label:lower():find("%f[%w]" .. words .. "%f[%W]") ~= nil
end

--- Formats the value once and enters it into the ledger.
function Figure:prepare(cx)
  if self.value then return end
  local spec = self.spec
  local indicator = spec[1] ~= nil and inline.indicator(cx, spec[1], "figure", self.place) or nil
  self.indicator = indicator
  self.lead, self.unit = "", ""
  if not indicator then
    self.value, self.label = spec.value, spec.label or ""
    self.unit = type(spec.unit) == "string" and spec.unit or ""
    return
  end
  if spec.wording and indicator.wording ~= "" then
    self.value = indicator.wording
  else
    local unit, symbol, how = indicator.unit, indicator.symbol, nil
    if symbol ~= "" and is_word(symbol) then -- Set beside the number, as words are.
      if unit ~= "" and unit ~= symbol then self.unit_said = unit end
      unit, how = symbol, false
    end
    self.value = indicator:format { qualifier = false, decimals = spec.decimals, compact = spec.compact, unit = how }
    if indicator.qualifier ~= "exact" then self.lead = phrase(indicator.qualifier) end
    if type(spec.unit) == "string" then
      self.unit, self.unit_said = spec.unit, nil
    elseif spec.unit or spec.unit == nil and not (unit ~= "" and says(spec.label or indicator.label, unit)) then
      self.unit = unit
    end
  end
  self.mark = ledger.enter(cx, indicator, self.value, spec.wording and "wording" or "", self.place)
  self.label = spec.label or indicator.label
end

function Figure:number_width(cx, size)
  return engine.text.width(cx:style("figure", { size = size }), self.value)
end

--- The width of the unit beside the number.
function Figure:side_width(cx, size)
  if self.unit == "" then return 0 end
  local style = cx:style "figure_unit"
  return engine.text.width(style, self.unit) + (size + style.size) * GAP
end

--- The largest size up to the theme's at which the number fits, and whether its unit goes below it.
function Figure:fitting_size(cx, width)
  self:prepare(cx)
  local _, token = cx:style "figure"
  local size = self.spec.size or token.size
  local wide = self:number_width(cx, size)
  local is_below = self.unit ~= "" and wide + self:side_width(cx, size) > width
  while size > 9 and wide > width do
    size = size - 1
    wide = self:number_width(cx, size)
  end
  return size, is_below
end

function Figure:measure(cx)
  self:prepare(cx)
  local _, token = cx:style "figure"
  local size = self.spec.size or token.size
  local label = self.label ~= "" and engine.text.width(cx:style "label", self.label) or 0
  return self:number_width(cx, size) * 0.6, math.max(self:number_width(cx, size) + self:side_width(cx, size), label)
end

local Fragment = { is_own = true }
Fragment.__index = Fragment

--- "more than 105 thousand km²". The parts stand apart on the page; blanks part them for who listens. What is short for
--- words is read as these.
local function draw_number(self, canvas, x, y)
  local owner, cx = self.owner, self.cx
  local baseline, small, unit = y + self.baseline, self.small, owner.unit
  canvas:begin_tag("P")
  if owner.lead ~= "" then canvas:text(small, x, y + self.lead_at, owner.lead .. " ") end
  local wide = canvas:text(self.style, x, baseline, owner.value)
  if owner.mark then ledger.drawn(cx, owner.mark, x, baseline - self.cap, wide, self.cap) end
  if unit ~= "" then
    local left, level = x, y + (self.unit_at or 0)
    if not self.is_below then left, level = x + wide + (self.size + small.size) * GAP, baseline end
    canvas:text(small, left - engine.text.width(small, " "), level, " ")
    if owner.unit_said then canvas:begin_tag("Span", { expansion = owner.unit_said }) end
    canvas:text(small, left, level, unit)
    if owner.unit_said then canvas:end_tag() end
  end
  canvas:end_tag()
end

--- True of a label that goes on from the number, as in "59 public parks", and does not name it.
local function goes_on(label)
  local first, second = label:match("^[*_]*(.)(.?)")
  return first ~= nil and first:find "%l" ~= nil or first == "\xC3" and second >= "\x9F"
end

--- One element. A label that names the number is read before it: who listens then knows what it is of.
function Fragment:draw(canvas, x, y)
  if self.cx.is_dry then return self:locate(canvas, x, y) end
  local content, label, n = self.content, self.owner.label, 0
  local top = y + self.content_at
  canvas:begin_tag("Div")
  if label ~= "" and not goes_on(label) then
    content[1]:draw(canvas, x, top + content.tops[1])
    n = 1
  end
  draw_number(self, canvas, x, y)
  for i = n + 1, #content do content[i]:draw(canvas, x, top + content.tops[i]) end
  canvas:end_tag()
end

function Fragment:locate(canvas, x, y) -- Its label may have notes.
  self.content:locate(canvas, x, y + self.content_at)
end

--- Label, change and note as paragraphs.
function Figure:words(cx)
  if self.flow then return self.flow end
  local text = require("briefpress.text").new
  local list, spec, indicator = {}, self.spec, self.indicator
  if self.label ~= "" then
    local label = spec.label and self.label or inline.escape(self.label)
    if spec.mark and indicator then label = label .. "{" .. indicator.id .. ".mark}" end
    list[1] = text(label, { style = "label" })
  end
  local function caption(source, over)
    over = over or {}
    over.style, over.space_before, over.space_after = "caption", 2, 0
    list[#list + 1] = text(source, over)
  end
  if spec.change and indicator then
    local change = indicator:change()
    if not change then
      cx:fail(('figure "%s": there is no earlier period to compare with; the data may give one, or --baseline')
        :format(indicator.id), self.place)
    end
    local printed = engine.format.number(change.percent, { decimals = 1, percent = true, plus = true })
    self.change_mark = ledger.enter(cx, indicator, printed, "change", self.place)
    caption(inline.escape(phrase("change", { change = printed, from = engine.format.date(change.from) })),
      { color = "accent", weight = 500 })
  end
  if spec.period and indicator then caption(inline.escape(engine.format.date(indicator.period))) end
  local note = spec.note == true and indicator and inline.escape(indicator.note) or spec.note
  if type(note) == "string" and note ~= "" then caption(note) end
  if indicator and indicator.status ~= "A" then
    caption(phrase(indicator.status == "E" and "estimated" or "provisional"))
  end
  self.flow = require("briefpress.flow").new(list)
  return self.flow
end

function Figure:layout(cx, width, height)
  self:prepare(cx)
  local size, is_below = self.shared_size, self.shared_below
  if not size then size, is_below = self:fitting_size(cx, width) end
  local over = { size = size, color = self.spec.color }
  local style, token = cx:style("figure", over)
  local small, unit_token = cx:style "figure_unit"
  contrast.check(cx, token, self.place)
  if self.unit ~= "" or self.lead ~= "" then contrast.check(cx, unit_token, self.place) end
  local cap = engine.text.metrics(style).cap_height
  local lead = self.lead ~= "" and unit_token.leading + 3 or 0
  local baseline = math.ceil(cap) + 2 + lead
  local at = baseline
  if is_below then at = at + unit_token.leading + 3 end -- Also without a unit: the labels of a row stay level.
  local content_at = at + math.max(6, size * 0.15)
  local content, rest = self:words(cx):layout(cx, width, height - content_at)
  if rest or content_at > height or not content then return nil, self end
  return setmetatable({ owner = self, cx = cx, width = width, height = content_at + content.height, style = style,
    small = small, size = size, cap = cap, baseline = baseline, is_below = is_below, unit_at = at,
    lead_at = lead > 0 and cx:baseline "figure_unit" or nil,
    content = content, content_at = content_at }, Fragment)
end

local known = options.define("figure", {
  label = "string", note = "any", size = "number", change = "boolean", color = "color", wording = "boolean",
  unit = "any", value = "string", period = "boolean", decimals = "count", compact = "boolean",
  mark = "boolean",
})

function M.figure(spec)
  spec = options.read("figure", spec, known)
  if spec[1] == nil and not spec.value then
    options.fail('figure expects an indicator, as b.figure "id"; text of your own goes into value = "…"')
  end
  if spec[1] ~= nil and type(spec[1]) ~= "string" and type(spec[1]) ~= "userdata" and type(spec[1]) ~= "table" then
    options.fail(("figure expects an indicator or its id, got a %s"):format(type(spec[1])))
  end
  return block.make(Figure, { spec = spec }, spec)
end

return M
