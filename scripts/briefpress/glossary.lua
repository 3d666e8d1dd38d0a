--- The glossary of indicators: what each figure of the report means, in which unit and from which source and period it
--- is, and the pages where it is printed. The ledger tells those pages: with a glossary in the report, a pass that
--- only finds page numbers draws onto a page that listens.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local inline = require "briefpress.inline"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local tagged = require "briefpress.tagged"
local texts = require "briefpress.text"

local M = {}

local Glossary = { uses_pages = true }
Glossary.__index = Glossary

function Glossary.on_walk(_, cx)
  cx.figure_pages = cx.figure_pages or { pass = 0 }
end

--- The pages of each indicator: those that this pass has seen, and of the last one those that are still to come.
local function pages_so_far(cx)
  local now, known, all = cx.figure_pages, cx.figures_known, {}
  if now.pass ~= cx.pass then now, known = {}, now end
  for id, pages in next, now do
    if id ~= "pass" then
      all[id] = {}
      for page in next, pages do all[id][page] = true end
    end
  end
  for id, pages in next, known or {} do
    for page in next, id ~= "pass" and pages or {} do
      if page >= cx.page then
        all[id] = all[id] or {}
        all[id][page] = true
      end
    end
  end
  return all
end

--- The indicators that are listed, in order.
local function choose(self, cx, pages)
  local list, which = {}, self.indicators
  if type(which) == "table" then
    for i, id in ipairs(which) do list[i] = inline.indicator(cx, id, "glossary", self.place) end
  else
    for _, indicator in ipairs(cx.data.indicators) do
      if which == "all" or pages[indicator.id] then list[#list + 1] = indicator end
    end
  end
  if self.order == "label" then
    local labels, rank = {}, {}
    for i, indicator in ipairs(list) do labels[i] = indicator.label end
    local ranks = engine.text.collate(labels)
    for i, indicator in ipairs(list) do rank[indicator] = ranks[i] * #list + i end
    table.sort(list, function(a, b) return rank[a] < rank[b] end)
  end
  return list
end

local function pages_text(cx, set)
  local pages = {}
  for page in next, set do pages[#pages + 1] = page end
  table.sort(pages)
  local parts = require("briefpress.page_ranges").of(cx, pages)
  return phrase(#pages == 1 and "on_page" or "on_pages", { pages = table.concat(parts, phrase "separator") })
end

--- The years, or other periods, that there are values of.
local function period_of(indicator)
  local series = indicator:series()
  if #series == 0 then return nil end
  local first, last = engine.format.date(series[1].period), engine.format.date(series[#series].period)
  return first == last and first or phrase("from_to", { from = first, to = last })
end

--- What an indicator is computed from, with labels for ids.
local function formula_of(cx, indicator)
  local all = cx.data.indicators
  return (indicator.formula:gsub("[%a_][%w_]*", function(id) return all:has(id) and all[id].label or nil end))
end

--- The blocks of an indicator: its name with the unit, what it means, and where it is from. For who hears them they
--- are an item of a list, labelled with the name.
local function add_entry(self, cx, list, indicator, pages)
  local escape = inline.escape
  local unit = indicator.symbol ~= "" and indicator.symbol or indicator.unit
  local name = "**" .. escape(indicator.label) .. "**"
  if unit ~= "" and unit:lower() ~= indicator.label:lower() then
    name = name .. escape(phrase("in_unit", { unit = unit }))
  end
  local parts, facts = { texts.new(name, { style = "glossary", tag = false, space_after = 0 }) }, {}
  if indicator.note ~= "" then
    parts[#parts + 1] = texts.new(escape(indicator.note), { style = "glossary", space_before = 0, space_after = 0 })
  end
  if indicator.formula ~= "" then
    facts[1] = escape(phrase("computed", { formula = formula_of(cx, indicator) }))
  end
  if indicator.source then
    facts[#facts + 1] = escape(require("briefpress.citation").describe(indicator.source, indicator.locator))
  end
  local period = period_of(indicator)
  if period then facts[#facts + 1] = escape(period) end
  if self.has_pages and pages then facts[#facts + 1] = escape(pages_text(cx, pages)) end
  if #facts > 0 then
    parts[#parts + 1] = texts.new(table.concat(facts, " · "), { style = "caption", space_before = 1, space_after = 0 })
  end
  for i = 1, #parts - 1 do parts[i].keep_with_next = true end
  parts[#parts].space_after = nil
  local item = self.tag .. ":" .. indicator.id
  for i, part in ipairs(parts) do
    list[#list + 1] = tagged.new(part, tagged.item({}, self.tag, item, i == 1 and "Lbl" or "LBody"))
  end
end

--- What the glossary says of pages, as a text to compare.
local function signature_of(self, cx, pages)
  local parts = {}
  for i, indicator in ipairs(choose(self, cx, pages)) do
    parts[i] = indicator.id .. (self.has_pages and pages[indicator.id] and pages_text(cx, pages[indicator.id]) or "")
  end
  return table.concat(parts, ";")
end

function Glossary:prepare(cx)
  if self.is_rest or self.pass == cx.pass then return end
  self.pass = cx.pass
  if not self.is_known then
    self.is_known, cx.settling = true, cx.settling or {}
    table.insert(cx.settling, self)
  end
  local pages = pages_so_far(cx)
  local signature = signature_of(self, cx, pages)
  if self.signature == signature then return end
  self.signature = signature
  self.tag = self.tag or cx:unique "glossary"
  local list, parts = {}, {}
  for _, indicator in ipairs(choose(self, cx, pages)) do add_entry(self, cx, list, indicator, pages[indicator.id]) end
  if self.title then
    parts[1] = require("briefpress.heading").title(self, self.title)
  end
  if self.count > 1 and #list > 0 then
    parts[#parts + 1] = require("briefpress.columns").columns { count = self.count, list }
  else
    table.move(list, 1, #list, #parts + 1, parts)
  end
  self.flow = flow.new(parts)
end

--- After a pass: true where the glossary printed what turned out.
function Glossary:settle(cx)
  local pages = cx.figure_pages
  return self.signature == signature_of(self, cx, pages.pass == cx.pass and pages or {})
end

function Glossary:measure(cx, width)
  self:prepare(cx)
  return self.flow:measure(cx, width)
end

function Glossary:layout(cx, width, height)
  self:prepare(cx)
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  if rest then
    local more = {}
    for key, value in next, self do more[key] = value end
    more.flow, more.id, more.is_rest = rest, nil, true
    rest = setmetatable(more, Glossary)
  end
  return content, rest
end

local known = options.define("glossary", {
  title = "any", indicators = "any", order = { "label", "data" }, pages = "boolean", columns = "count",
})

--- See scripts/types/structure.lua.
function M.glossary(spec)
  spec = options.read("glossary", spec or {}, known)
  local title, which = spec.title, spec.indicators
  if title == nil then title = phrase "glossary" end
  if which ~= nil and type(which) ~= "table" then
    options.expect(which, { "printed", "all" }, "glossary: indicators (or a list of their ids)")
  end
  return block.make(Glossary, { title = title, indicators = which or "printed", order = spec.order or "label",
    has_pages = spec.pages ~= false, count = math.max(spec.columns or 1, 1),
    title_level = title and 2 or nil }, spec)
end

return M
