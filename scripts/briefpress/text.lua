--- Running text: a paragraph that flows over pages, leaving and taking at least two lines (`orphans` and `widows` of
--- its style). Blank lines in a text separate paragraphs.
local block = require "briefpress.block"
local inline = require "briefpress.inline"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"
local styles = require "briefpress.style"
local make_paragraph = require("briefpress.context").paragraph
local find, floor, min, sub = string.find, math.floor, math.min, string.sub

local M = {}
local NONE = {}

local OTHERS = 100000000 -- Marks of spans from here on are those of images, the index and notes; below, of the ledger.
M.NOTES = 1 << 29 -- Those of notes.

-- What stands within its like: tags that take no text, and tags of text within a paragraph.
local outer = { BlockQuote = "BlockQuote", Code = "P", Quote = "P" }
local inner = { BlockQuote = "P", Code = "Code", Quote = "Quote" }
local tag_of_style = { quote = "BlockQuote", code = "Code" }

local Paragraph = { style = "body", tag = "P", is_usual = true }
Paragraph.__index = Paragraph
M.Paragraph = Paragraph

--- A paragraph block of the library itself.
---@param source string
---@param spec? table               Overrides of the style, `style`, `tag` (false: what holds it is tagged itself), and
---  the block's common options.
function M.new(source, spec)
  local given = spec or NONE
  return block.make(Paragraph, { source = source, spec = spec, style = given.style, tag = given.tag,
    width = given.width, shared = false, uses_pages = inline.needs_pages(source) or nil }, spec)
end

--- The same of a text that was taken apart before: a block of `engine.text.markdown`.
---@param source table
---@param spec? table
function M.taken(source, spec)
  source.runs = source.runs or {}
  local self = M.new("", spec)
  self.source, self.uses_pages = source, require("briefpress.inline_taken").needs_pages(source) or nil
  return self
end

--- Makes the engine's paragraph. `shared` belongs to the text and to what remains of it after a split.
local function make(self, cx, shared)
  shared.images = nil
  if shared.notes then shared.notes = nil end
  if shared.index then shared.index, shared.indexed = nil, shared.index end
  local spans, token = inline.spans(cx, self.source, self.style, self.spec, self.place, shared)
  shared.paragraph, shared.token = make_paragraph(spans, token), token
  local marks
  for i = 1, #spans do
    local mark = spans[i].mark
    if mark and mark < OTHERS and spans[i].text then
      if marks then marks[#marks + 1] = mark else marks = { mark } end
    end
  end
  shared.marks = marks
  return shared.paragraph
end

--- The same for a text with page numbers: notes which it asked for, apart from what other blocks ask.
local function make_paged(self, cx, shared)
  local asked = cx.asked
  cx.asked = {}
  make(self, cx, shared)
  shared.asked, cx.asked = cx.asked, asked
end

--- True where a page number that the text shows is another by now.
local function is_outdated(cx, shared)
  for anchor, answer in next, shared.asked do
    if cx:known_page(anchor) ~= answer then return true end
  end
  return false
end

--- The engine's paragraph, made once; one with page numbers again when they have changed.
function Paragraph:prepare(cx)
  local shared = self.shared
  if not shared then
    shared = { paragraph = false, token = false, marks = nil, id = nil }
    self.shared = shared
  end
  if not self.uses_pages then return shared.paragraph or make(self, cx, shared) end
  if shared.pass ~= cx.pass then
    shared.pass, shared.ground, shared.seen, shared.least = cx.pass, cx.ground, {}, nil
    if not shared.asked or is_outdated(cx, shared) then make_paged(self, cx, shared) end
    local texts = cx.page_texts
    if texts then texts[#texts + 1] = self end
  end
  return shared.paragraph
end

--- After a pass: sets the texts again whose page numbers turned out otherwise. True where each of them kept its shape,
--- so that what was laid out with the old ones holds for the new ones too.
---@param cx briefpress.Context
---@return boolean
function M.settle(cx)
  local ground, holds = cx.ground, true
  for _, text in ipairs(cx.page_texts) do
    local shared = text.shared
    if is_outdated(cx, shared) then
      cx.ground = shared.ground
      make_paged(text, cx, shared)
      local paragraph = shared.paragraph
      for width, seen in next, shared.seen do
        local count, total = paragraph:layout(width, seen[3], seen[4], seen[5])
        holds = holds and count == seen[1] and total == seen[2]
      end
      if shared.least then
        holds = holds and shared.least == paragraph:min_width() and shared.most == paragraph:max_width()
      end
    end
  end
  cx.ground = ground
  return holds
end

--- Lays out the paragraph that a fragment draws, as it is drawn.
---@param fragment briefpress.Fragment
---@return integer count
---@return number height
function M.lines(fragment)
  local notch, paragraph = fragment.notch, fragment.owner.shared.paragraph
  if notch then return paragraph:layout(fragment.measure, notch.lines, notch.by, notch.side) end
  return paragraph:layout(fragment.measure)
end

--- Sets a text again whose marks of notes have other numbers now. True where it kept its shape.
---@param cx briefpress.Context
---@param fragment briefpress.Fragment  Of the text: its width counts.
---@return boolean
function M.remake(cx, fragment)
  local text = fragment.owner
  local shared, ground = text.shared, cx.ground
  local count, total = M.lines(fragment)
  cx.ground = false -- It was checked on what is below it when it was set first.
  if text.remake then
    text:remake(cx)
  elseif text.uses_pages then
    make_paged(text, cx, shared)
  else
    make(text, cx, shared)
  end
  cx.ground = ground
  local count_now, total_now = M.lines(fragment)
  return count == count_now and total == total_now
end

function Paragraph:measure(cx, width)
  if self.width then
    self:prepare(cx)
    local own = cx:length(self.width, width)
    return own, own
  end
  local paragraph = self:prepare(cx)
  local least, most = paragraph:min_width(), paragraph:max_width()
  if self.uses_pages then self.shared.least, self.shared.most = least, most end
  return least, most
end

local Fragment = { locate = false, shift = 0, first = 1, is_own = true }
Fragment.__index = Fragment

--- The images in its lines: those with an alternative text, or those without.
function Fragment:draw_images(canvas, x, y, is_ornament)
  local shared = self.owner.shared
  local top = y - (self.first - 1) * self.leading
  require("briefpress.inline_image").draw(canvas, shared.paragraph, shared.images, x, top, self.first, self.last,
    is_ornament)
end

--- Notes where the marks of the index stand; only texts that have some are asked.
local function locate_marks(self, _, x, y)
  local shared = self.owner.shared
  M.lines(self)
  require("briefpress.index_mark").locate(self.cx, shared.index, shared.paragraph, x, y + self.shift, self.first,
    self.last, self.leading)
end

function Fragment:draw(canvas, x, y)
  local owner, cx = self.owner, self.cx
  if owner.shared.index then locate_marks(self, canvas, x, y) end
  if cx.is_dry then return end
  local shared = owner.shared
  local paragraph = shared.paragraph
  y = y + self.shift
  if self.notch then
    local notch = self.notch
    paragraph:layout(self.measure, notch.lines, notch.by, notch.side)
  else
    paragraph:layout(self.measure)
  end
  local tag, language, id = owner.tag, shared.token.language, shared.id
  if tag then
    local within = inner[tag]
    canvas:begin_tag(within and outer[tag] or tag, (id or language) and { id = id, language = language } or nil)
    if within then canvas:begin_tag(within, id and { id = id .. "-" .. within } or nil) end
    canvas:paragraph(paragraph, x, y, self.first, self.last)
    if shared.images then self:draw_images(canvas, x, y, false) end
    if within then canvas:end_tag() end
    canvas:end_tag()
  else -- What it stands in is tagged.
    canvas:paragraph(paragraph, x, y, self.first, self.last)
    if shared.images then self:draw_images(canvas, x, y, false) end
  end
  if shared.images then self:draw_images(canvas, x, y, true) end
  if shared.marks and (cx.sheet or cx.figure_pages) then
    for _, mark in ipairs(shared.marks) do
      for _, box in ipairs(paragraph:boxes(mark)) do
        if box.line >= self.first and box.line <= self.last then
          ledger.drawn(cx, mark, x + box.x, y + box.y - (self.first - 1) * self.leading, box.width, box.height)
        end
      end
    end
  end
end

--- Where the first baseline is from the top, for a grid (baseline.lua).
function Paragraph:first_baseline(cx, width)
  local paragraph = self:prepare(cx)
  paragraph:layout(self.measured or (self.width and min(width, cx:length(self.width, width))) or width)
  return paragraph:line(1).baseline
end

function Paragraph:layout(cx, width, height)
  local paragraph = self:prepare(cx)
  local measure = self.measured or (self.width and min(width, cx:length(self.width, width))) or width
  local notch = self.notch
  local count, total
  if notch then -- Its first lines stand beside what it goes round (wrap.lua).
    count, total = paragraph:layout(measure, notch.lines, notch.by, notch.side)
    if self.uses_pages then self.shared.seen[measure] = { count, total, notch.lines, notch.by, notch.side } end
  else
    count, total = paragraph:layout(measure)
    if self.uses_pages then self.shared.seen[measure] = { count, total } end
  end
  local first = self.first or 1
  local last = count
  local leading = total / count
  local fit = floor(height / leading + 0.001)
  local left = count - first + 1
  local rest
  if fit < left then
    local shared, orphans, widows = self.shared, 1, 1
    if not cx.is_loose then
      local token = shared.token
      orphans, widows = token.orphans or 2, token.widows or 2
    end
    if left - fit < widows then fit = left - widows end
    if fit < orphans or fit < 1 then return nil, self end
    last = first + fit - 1
    shared.id = shared.id or cx:unique("p")
    rest = setmetatable({ source = self.source, spec = self.spec, shared = shared, style = self.style, tag = self.tag,
      width = self.width, uses_pages = self.uses_pages, place = self.place, first = last + 1, measured = measure,
      notch = notch, space_before = self.space_before, space_after = self.space_after }, Paragraph)
  end
  local fragment = setmetatable({ width = width, height = (last - first + 1) * leading, cx = cx, owner = self,
    measure = measure, last = last, leading = leading }, Fragment)
  if first > 1 then fragment.first = first end
  if notch then fragment.notch = notch end
  if self.shared.notes then require("briefpress.footnote").attach(fragment) end
  if self.shared.index then
    local other = rawget(fragment, "locate")
    fragment.locate = other and function(part, canvas, x, y)
      other(part, canvas, x, y)
      locate_marks(part, canvas, x, y)
    end or locate_marks
  end
  return fragment, rest
end

local known = options.define("text", styles.with { style = "style", width = "length", tag = "string" })

--- The paragraphs of a text, which blank lines part.
local function paragraphs_of(source)
  local parts, from = {}, 1
  local at = find(source, "\n", 1, true)
  while at do
    local _, blank = find(source, "^[ \t\r]*\n%s*", at + 1)
    if blank then
      local part = sub(source, from, at - 1)
      if find(part, "%S") then parts[#parts + 1] = part end
      from, at = blank + 1, blank
    end
    at = find(source, "\n", at + 1, true)
  end
  if from == 1 then return { source } end
  if find(source, "%S", from) then parts[#parts + 1] = sub(source, from) end
  return parts
end

--- Inline Markdown with placeholders; see scripts/types.
function M.text(spec)
  spec = styles.open(options.read("text", spec, known), "text")
  if spec.tag == nil and tag_of_style[spec.style] then spec = styles.over(spec, { tag = tag_of_style[spec.style] }) end
  local source = spec[1]
  if type(source) ~= "string" then
    options.fail(("text expects a string, got %s"):format(source == nil and "nothing" or "a " .. type(source)
      .. (type(source) == "number" and "; write it into the text, or print an indicator" or "")))
  end
  if spec[2] ~= nil then options.fail("text takes one string; b.stack puts several below each other") end
  local parts = paragraphs_of(source)
  if #parts <= 1 then return M.new(parts[1] or "", spec) end
  local is_quote = spec.tag == "BlockQuote"
  if is_quote then spec = styles.over(spec, { tag = "P" }) end
  for i = 1, #parts do
    local part = M.new(parts[i], spec)
    parts[i] = part
    part.id = nil
    if i > 1 then part.space_before = nil end
    if i < #parts then part.space_after = nil end
  end
  if is_quote then
    return require("briefpress.stack").new(parts, { tag = "BlockQuote", id = spec.id, space_before = spec.space_before,
      space_after = spec.space_after, keep_with_next = spec.keep_with_next })
  end
  local flow = require("briefpress.flow").new(parts)
  flow.place, flow.id, flow.style = parts[1].place, spec.id, spec.style or "body"
  flow.space_before, flow.space_after = spec.space_before, spec.space_after
  return flow
end

return M
