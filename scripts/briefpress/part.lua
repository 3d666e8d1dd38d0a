--- Parts: chapters under a title that has a page of its own, counted in numerals of their own. Chapters go on counting
--- from part to part; in the structure and in the bookmarks they stand one level below their part.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local heading = require "briefpress.heading"
local inline = require "briefpress.inline"
local options = require "briefpress.options"
local space = require "briefpress.space"

local M = {}

local DROP = 0.26 -- Where the title stands: this far down the page.
local GAP = 10 -- Between the number and the title.

local Title = { is_heading = true, kind = "part", level = 0, space_before = 0, space_after = 0 }
Title.__index = Title

--- The lines of the title: "Part I", the title itself, and words about the part.
function Title:prepare(cx)
  if self.flow then return end
  local text = require("briefpress.text").new
  local number, parts = heading.number(self.entry), {}
  if number then
    parts[1] = text(inline.escape(number), { style = "part_number", tag = "Span", space_before = 0, space_after = GAP })
  end
  parts[#parts + 1] = text(self.source, { style = self.style, tag = "Span", space_before = 0, space_after = 0 })
  self.flow = flow.new(parts)
  local before = cx.theme.space.section or 32
  if self.note then
    self.words = text(self.note, { style = "lead", width = "75%", space_before = before / 2 })
  end
end

function Title:measure(cx, width)
  self:prepare(cx)
  return self.flow:measure(cx, width)
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:locate(_, x, y)
  local entry = self.owner.entry
  self.cx:anchor(entry.id, x, y)
  self.cx:enter_section(entry, y)
end

function Fragment:draw(canvas, x, y)
  local cx = self.cx
  self:locate(canvas, x, y)
  if cx.is_dry then return end
  y = y + self.drop
  if self.owner.is_bookmarked and cx.sheet then heading.bookmark(cx, self.owner, y) end
  if self.owner.section then canvas:begin_section(self.owner.section, "Part") end
  canvas:begin_tag(heading.tag(cx, self.owner))
  self.title:draw(canvas, x, y)
  canvas:end_tag()
  if self.words then self.words:draw(canvas, x, y + self.words_at) end
end

function Title:layout(cx, width, height)
  self:prepare(cx)
  local drop = self.has_page and math.floor(height * DROP) or 0
  local title, rest = self.flow:layout(cx, width, height - drop)
  if not title or rest then return nil, self end
  local fragment = setmetatable({ cx = cx, owner = self, width = width, drop = drop, title = title,
    height = drop + title.height }, Fragment)
  if self.words then
    local before = cx:spacing(self.words)
    fragment.words_at = title.height + before
    fragment.words = self.words:layout(cx, width, height - fragment.height - before)
    if not fragment.words then return nil, self end
    fragment.height = fragment.height + before + fragment.words.height
  end
  return fragment
end

local known = options.define("part", {
  title = "string", numbered = "boolean", bookmark = "boolean", contents = "boolean", page = "boolean",
  text = "string", style = "string", start = { "left", "right" },
})

--- See scripts/types/structure.lua.
function M.part(spec)
  options.expect(spec, "table", "part")
  spec = options.read("part", spec, known)
  if not spec.title then options.fail("part expects its title, as b.part { title = \"…\", sections }") end
  local children, has_page = block.children(spec, "part"), spec.page ~= false
  local title = block.make(Title, { source = spec.title, note = spec.text, has_page = has_page,
    style = spec.style or "part", is_numbered = spec.numbered ~= false, is_bookmarked = spec.bookmark ~= false,
    in_contents = spec.contents ~= false, keep_with_next = not has_page }, spec)
  title.anchor, title.id = spec.id, nil
  title.uses_pages = inline.needs_pages(spec.title) or spec.text and inline.needs_pages(spec.text) or nil
  for _, child in ipairs(children) do
    if child.kind == "part" then options.fail("part: a part stands beside others, not in one", child.place) end
    child.in_part = true
  end
  local list = { space.page_break(spec.start), title }
  if has_page then list[3] = space.page_break() end
  table.move(children, 1, #children, #list + 1, list)
  local self = flow.new(list)
  self.place, self.is_section = title.place, true
  return self
end

return M
