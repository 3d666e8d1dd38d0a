--- What blocks are handed down: data, theme, styles by name, and what is known of the pages. One for a rendering.
local engine = require "briefpress.engine"
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"
local sorted = require "briefpress.sorted"
local style_kinds = require "briefpress.style"

local byte, find, match, type, next = string.byte, string.find, string.match, type, next
local make_paragraph = engine.text.paragraph
local is_override, is_of_lines = style_kinds.overrides, style_kinds.lines

local Context = {}
Context.__index = Context

local NO_FRAME = { left = 0, top = 0, width = 0, height = 0, page_width = 0, page_height = 0 } -- Before any page.

---@param facts {data:engine.Data, params:table, theme:briefpress.Theme, language:string, document:engine.Document}
---@return briefpress.Context
function Context.new(facts)
  facts.styles = {}    -- By name; see Context:style.
  facts.looks = {}     -- Styles of marked-up text by the token of the text around it.
  facts.found = {}     -- Indicators that texts have named, by id.
  facts.page = 0
  facts.places = {}    -- Anchor to page, of this pass.
  facts.known = nil    -- The same of the last pass.
  facts.asked = {}     -- Anchors whose page the layout of this pass depends on.
  facts.entries = {}   -- Headings in order.
  facts.anchors = {}   -- Every id to its block or entry.
  facts.serial = 0
  facts.grid_edge = false -- As baseline.lua has it.
  facts.is_plain = false
  facts.contrasts = {} -- Pairs of colours that were checked, and the ground a token was checked on last.
  engine.blame(facts)
  return setmetatable(facts, Context)
end

--- Raises an error blamed on the block that is being laid out.
function Context:fail(text, place)
  options.fail(text, place or self.at)
end

--- The engine's style of properties.
local function make_style(self, token)
  local family = token.font or "body"
  local families = self.theme.fonts[family]
  if not families then
    local near = engine.nearest(family, sorted.keys(self.theme.fonts))
    self:fail(('no font "%s" in the theme%s'):format(family, near and ('; did you mean "%s"?'):format(near) or ""))
  end
  return engine.text.style {
    family = families, size = token.size, weight = token.weight, italic = token.italic,
    color = self:color(token.color or "text"), tracking = token.tracking, rise = token.rise,
    features = token.features, language = token.language or self.language, word_space = token.word_space,
    allow_missing = token.allow_missing,
  }
end

local function make(self, name, over)
  local token = self.theme.type[name]
  if not token then
    local names = sorted.keys(self.theme.type)
    local near = engine.nearest(name, names)
    self:fail(('no style "%s" in the theme; %s'):format(name, near and ('did you mean "%s"?'):format(near)
      or "it has " .. table.concat(names, ", ")))
  end
  -- Both are filled one by one: with room for what most styles say they grow no step at a time.
  local merged = { size = nil, leading = nil, font = nil, color = nil, weight = nil, features = nil, tracking = nil,
    align = nil, space_before = nil, space_after = nil, lines = nil, baseline = nil }
  local lines = { spans = nil, leading = nil, align = nil }
  for key, value in next, token do
    merged[key] = value
    if is_of_lines[key] then lines[key] = value end
  end
  if over then
    for key, value in next, over do
      if is_override[key] then
        merged[key] = value
        if is_of_lines[key] then lines[key] = value end
      end
    end
  end
  local size = merged.size
  if not size then self:fail(('the style "%s" of the theme has no size'):format(name)) end
  local leading = merged.leading and style_kinds.points(merged.leading, size, self.at) or size * 1.4
  if over and over.size and not over.leading and type(token.leading) == "number" and token.size then
    leading = token.leading * size / token.size
  end
  merged.leading, lines.leading = leading, leading
  if lines.indent then lines.indent = style_kinds.points(lines.indent, size, self.at) end
  local language = merged.language
  if language and not (find(language, "^%a%a%a?$") or find(language, "^%a%a%a?%-[%w-]*%w$")) then
    self:fail(('language must be a tag as "en", "zh-Hans" or "pt-BR", got "%s"'):format(language))
  end
  lines.language, merged.lines = language, lines
  return make_style(self, merged), merged
end

--- A style that differs from a token's in some properties of its glyphs; made once.
---@param token table
---@param key string                 What it is.
---@param changes fun():table        Its properties.
---@return engine.Style
function Context:derive(token, key, changes)
  local derived = token.derived
  if not derived then
    derived = {}
    token.derived = derived
  end
  local style = derived[key]
  if not style then
    local changed = {}
    for name, value in next, token do changed[name] = value end
    for name, value in next, changes() do changed[name] = value end
    style = make_style(self, changed)
    derived[key] = style
  end
  return style
end

-- Keys of a node beside the overrides that lead on from it.
local STYLE, TOKEN = 1, 2

--- Keeps a style: the node of its name, from there by override and value to its own.
local function keep(self, name, over, style, token)
  local styles = self.styles
  local node = styles[name] or {}
  styles[name] = node
  for key, value in next, over or {} do
    if is_override[key] then
      local by_value = node[key] or {}
      node[key] = by_value
      node = by_value[value] or {}
      by_value[value] = node
    end
  end
  node[STYLE], node[TOKEN] = style, token
end

--- The style of a name with overrides, and the token it was made from. Both are made once: the way to them is a few
--- look-ups, for this is asked for each text. Two orders of the same overrides may lead to two tokens alike.
---@param name string
---@param over? table               What of it is no override is not looked at.
---@return engine.Style style
---@return table token
function Context:style(name, over)
  local node = self.styles[name]
  if over then
    for key, value in next, over do
      if is_override[key] and node then
        node = node[key]
        node = node and node[value]
      end
    end
  end
  local style = node and node[STYLE]
  if style then return style, node[TOKEN] end
  local token
  style, token = make(self, name, over)
  keep(self, name, over, style, token)
  return style, token
end

--- The engine's paragraph of spans, its lines made as a style's token says.
---@param spans engine.Span[]
---@param token table
---@param align? string            Instead of the token's, and so on.
---@param leading? number
---@return engine.Paragraph
function Context.paragraph(spans, token, align, leading)
  local lines = token.lines
  lines.spans = spans
  if align then lines.align, lines.leading = align, leading or lines.leading end
  local paragraph = make_paragraph(lines)
  if align then lines.align, lines.leading = token.align, token.leading end
  return paragraph
end

--- Where the baseline of a first line stands below its top, so that text set alone lines up with paragraphs.
---@return number
function Context:baseline(name, over)
  local style, token = self:style(name, over)
  if not token.baseline then
    local paragraph = make_paragraph { spans = { { style = style, text = "x" } }, leading = token.leading }
    paragraph:layout(1000)
    token.baseline = paragraph:line(1).baseline
  end
  return token.baseline
end

function Context:color(name)
  if byte(name) == 35 then return name end -- "#"
  local value = self.theme.colors[name]
  if type(value) == "string" then return value end
  local group, index = match(name, "^([%a_]+)%.(%d+)$")
  local list = group and self.theme.colors[group]
  if type(list) == "table" and #list > 0 then return list[(tonumber(index) - 1) % #list + 1] end
  local near = engine.nearest(name, sorted.keys(self.theme.colors))
  self:fail(('no colour "%s" in the theme%s'):format(name, near and ('; did you mean "%s"?'):format(near) or ""))
end

function Context:length(length, whole)
  return lengths.points(length, whole, self.at)
end

--- Where the flow of the page stands that is being laid out: its margins, the room between them, and the page's size.
---@return {left:number, top:number, width:number, height:number, page_width:number, page_height:number}
function Context:frame()
  local page, frame = self.sheet_of, self.frame_of
  if not page then return NO_FRAME end
  if not frame or frame.of ~= page or frame.page_width ~= page.width or frame.page_height ~= page.height then
    local m = page.margins
    frame = { of = page, left = m.left, top = m.top, width = page.width - m.left - m.right,
      height = page.height - m.top - m.bottom, page_width = page.width, page_height = page.height }
    self.frame_of = frame
  end
  return frame
end

--- The space that a block wants above and below itself: its own, its style's, or the theme's.
---@param block briefpress.Block
---@return number before
---@return number after
function Context:spacing(block)
  local before, after = block.space_before, block.space_after
  if before and before ~= 0 and type(before) == "string" then before = self:length(before, 0) end
  if after and after ~= 0 and type(after) == "string" then after = self:length(after, 0) end
  if before and after then return before, after end
  local token = block.style and self.theme.type[block.style]
  if token then return before or token.space_before or 0, after or token.space_after or 0 end
  local usual = self.theme.space.block or 16
  return before or usual, after or usual
end

--- The page of an anchor in the last pass, or with 1 the count of pages; 0 while unknown. Asking so commits to nothing.
---@param anchor string|integer
---@return integer
function Context:known_page(anchor)
  if anchor == 1 then return self.count or 0 end
  return self.known and self.known[anchor] or 0
end

--- The page of an anchor in the last pass. Layout that depends on it is repeated until it is stable.
function Context:page_of(anchor)
  if not self.is_paged then
    self:fail("page numbers are not known to this block; set uses_pages = true in b.block { ... }")
  end
  local page = self.known and self.known[anchor]
  self.asked[anchor] = page or 0
  return page
end

function Context:page_count()
  if not self.is_paged then
    self:fail("the page count is not known to this block; set uses_pages = true in b.block { ... }")
  end
  self.asked[1] = self.count or 0
  return self.count
end

--- Notes that an anchor is here; while drawing, makes it a destination too.
---@param name string
---@param x number
---@param y number
function Context:anchor(name, x, y)
  if self.places[name] then return end -- A block that goes on over a page is where it begins.
  self.places[name] = self.page
  if self.sheet and self.map then x, y = self.map(x, y) end
  if self.sheet then
    self.document:destination(name, self.sheet, x, y)
  elseif self.is_skipped then
    self.document:elsewhere(name)
  end
end

--- Notes that a heading is drawn here; the page's section is the one at its top, else the first that begins on it.
---@param entry {title:string, level:integer}
---@param y number
function Context:enter_section(entry, y)
  local page = self.facts
  if page then
    local heads = page.heads -- For running titles: page_titles.lua.
    if heads then
      heads[#heads + 1], heads[#heads + 2] = entry, y
    else
      page.heads = { entry, y }
    end
  end
  if entry.level > 1 then return end
  self.section = entry.title
  if page and (page.section == "" or y <= page.top + 1) then page.section = entry.title end
end

--- A page number as it is printed.
---@param number integer
---@param style? engine.NumberStyle
---@return string
function Context:page_label(number, style)
  local labels = self.labels
  return labels and labels[number] or engine.format.number(number, style)
end

--- A name that is unique in the document, for structure elements that go on over pages.
---@param prefix string
---@return string
function Context:unique(prefix)
  self.serial = self.serial + 1
  return prefix .. "-" .. self.serial
end

return Context
