--- Headings, sections and appendices: numbered, bookmarked, named places, kept with what follows.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local inline = require "briefpress.inline"
local options = require "briefpress.options"
local styles = require "briefpress.style"

local M = {}

--- The number of an entry as its heading shows it: "Appendix A" for A.
---@param entry table
---@return string?
function M.number(entry)
  local number, kind = entry.number, entry.kind
  if not number or not kind then return number end
  return require("briefpress.phrase").phrase(kind, { number = number })
end

--- Bookmarks a heading at a height of the page that is drawn.
---@param cx briefpress.Context
---@param owner table                Its block.
---@param y number
function M.bookmark(cx, owner, y)
  local entry = owner.entry
  local number = M.number(entry)
  local title = number and number .. "  " .. entry.title or entry.title
  cx.bookmarks = math.min(owner.tag_level or owner.level, (cx.bookmarks or 0) + 1)
  cx.document:bookmark(title, cx.bookmarks, cx.sheet, y)
end

--- The type of a heading in the structure. In an excerpt (--pages) the first that is drawn is at level 1.
---@param cx briefpress.Context
---@param owner table                Its block.
---@return string
function M.tag(cx, owner)
  local level = owner.tag_level or owner.level
  if #engine.job.ranges > 0 and not cx.is_skipped then
    cx.heard = cx.heard or {}
    level = math.min(require("briefpress.numbering").depth(cx.heard, level), 6)
  end
  return "H" .. level
end

local Heading = { is_usual = true, keep_with_next = true, is_heading = true, has_no_images = true }
Heading.__index = Heading

local Fragment = { shift = 0, is_own = true }
Fragment.__index = Fragment

function Fragment:locate(_, x, y)
  local entry = self.owner.entry
  if entry then
    self.cx:anchor(entry.id, x, y)
    self.cx:enter_section(entry, y)
  end
  local owner = self.owner
  if owner.index then
    owner.paragraph:layout(self.measure)
    require("briefpress.index_mark").locate(self.cx, owner.index, owner.paragraph, x + self.indent, y + self.shift, 1,
      math.huge, self.height / owner.paragraph:layout(self.measure))
  end
end

function Fragment:draw(canvas, x, y)
  local cx, owner = self.cx, self.owner
  local entry = owner.entry
  self:locate(canvas, x, y)
  y = y + self.shift
  if cx.is_dry then return end
  if entry then
    if owner.is_bookmarked and cx.sheet then
      M.bookmark(cx, owner, y)
    end
  end
  if owner.section then canvas:begin_section(owner.section) end
  canvas:begin_tag(M.tag(cx, owner), owner.language and { language = owner.language } or nil)
  self.number:draw(canvas, x, y)
  owner.paragraph:layout(self.measure)
  canvas:paragraph(owner.paragraph, x + self.indent, y)
  canvas:end_tag()
end

--- Draws the number in front of the title, with a space for who hears or copies both; headings without one have nothing
--- there.
local Number = {}
Number.__index = Number
function Number:draw(canvas, x, y)
  local text = self.text
  if text then canvas:text(self.style, x, y + self.baseline, text:byte(-1) < 128 and text .. " " or text) end
end

function Heading:prepare(cx)
  local pass = self.uses_pages and cx.pass or 0
  if self.prepared == pass then return end
  self.prepared = pass
  if self.uses_pages and self.entry then self.entry.title = inline.plain(cx, self.source, self.style, self.place) end
  if self.index then self.index, self.indexed = nil, self.index end
  if self.notes then self.notes = nil end
  local spans, token = inline.spans(cx, self.source, self.style, self.spec, self.place, self)
  self.paragraph, self.language = cx.paragraph(spans, token), token.language
  if self.notes then self.shared = self end -- As of a text, for footnote.lua.
  local number = self.entry and M.number(self.entry)
  self.number, self.indent = setmetatable({}, Number), 0
  if number then
    local style = cx:style(self.style, self.spec)
    self.paragraph:layout(10000)
    self.number.text, self.number.style = number, style
    self.number.baseline = self.paragraph:line(1).baseline
    self.indent = engine.text.width(style, number) + token.size * 0.6
  end
end

function Heading:measure(cx)
  self:prepare(cx)
  return self.indent + self.paragraph:min_width(), self.indent + self.paragraph:max_width()
end

--- Where the first baseline is from the top, for a grid (baseline.lua).
function Heading:first_baseline(cx, width)
  self:prepare(cx)
  self.paragraph:layout(width - self.indent)
  return self.paragraph:line(1).baseline
end

function Heading:layout(cx, width, height)
  self:prepare(cx)
  local _, total = self.paragraph:layout(width - self.indent)
  if total > height then return nil, self end
  local fragment = setmetatable({ cx = cx, owner = self, width = width, height = total, measure = width - self.indent,
    indent = self.indent, number = self.number }, Fragment)
  if self.notes then
    fragment.first, fragment.last, fragment.leading = 1, math.huge, 0
    require("briefpress.footnote").attach(fragment)
  end
  return fragment
end

--- Sets it again, with other numbers of its notes.
function Heading:remake(cx)
  self.prepared = nil
  self:prepare(cx)
end

local known = options.define("heading", styles.with {
  level = "number", numbered = "boolean", bookmark = "boolean", style = "style", contents = "boolean",
})

local function make(source, spec, name)
  if type(source) ~= "string" and not (type(source) == "table" and source.runs) then
    options.fail(("%s expects its title as a string, got %s"):format(name,
      source == nil and "nothing" or "a " .. type(source)))
  end
  local level = spec.level or 1
  if math.tointeger(level) == nil or level < 1 or level > 6 then
    options.fail(("%s: level must be a whole number from 1 to 6, got %g"):format(name, level))
  end
  level = math.tointeger(level)
  local self = block.make(Heading, {
    source = source, spec = spec, level = level, style = spec.style or "h" .. math.min(level, 3),
    is_numbered = spec.numbered ~= false, is_bookmarked = spec.bookmark ~= false, in_contents = spec.contents ~= false,
  }, spec)
  self.anchor, self.id = spec.id, nil
  local home = source.runs and require "briefpress.inline_taken" or inline
  self.uses_pages = home.needs_pages(source) or nil
  return self
end

--- A heading of the library itself, whose title may have been taken apart.
---@param source string|table
---@param spec table
function M.new(source, spec)
  return make(source, spec, "heading")
end

--- The title of a component that lists something, as a heading for who hears it: neither numbered nor listed.
---@param owner table                The component's block, whose `title_level` numbering.lua has read.
---@param title any
---@param opens_section? boolean     False where the component opens it itself.
function M.title(owner, title, opens_section)
  local self = make(title, { level = owner.title_level }, "title")
  self.tag_level, self.section = owner.tag_level, opens_section ~= false and owner.section or nil
  return self
end

--- A heading alone. The spec may be the title.
function M.heading(spec)
  spec = styles.open(options.read("heading", spec, known), "heading")
  return make(spec[1], spec, "heading")
end

local section_options = options.define("section", {
  title = "string", level = "number", break_before = "any", numbered = "boolean", bookmark = "boolean",
  contents = "boolean", style = "style",
})

local appendix_options = options.define("appendix", {
  title = "string", break_before = "any", numbered = "boolean", bookmark = "boolean", contents = "boolean",
  style = "style",
})

local function make_section(spec, name, known_options)
  options.expect(spec, "table", name)
  spec = styles.open(options.read(name, spec, known_options), name)
  local children = block.children(spec, name)
  local heading = make(spec.title, spec, name)
  heading.is_auto = name == "section" and spec.level == nil
  heading.kind = name == "appendix" and name or nil
  for _, child in ipairs(children) do
    if child.kind == "appendix" or child.kind == "part" then
      options.fail(("%s: a%s stands beside sections, not in one"):format(name,
        child.kind == "part" and " part" or "n appendix"), child.place)
    end
    if child.is_auto then
      child.level = child.level + heading.level
      if child.level > 6 then options.fail("section: sections go six levels deep at most", child.place) end
      child.style = child.spec.style or "h" .. math.min(child.level, 3)
      child.is_auto = heading.is_auto
    end
  end
  table.insert(children, 1, heading)
  local side = spec.break_before
  if side then table.insert(children, 1, require("briefpress.space").page_break(side ~= true and side or nil)) end
  local self = flow.new(children)
  self.place, self.style, self.is_section = heading.place, heading.style, true
  return self
end

--- A heading with its blocks. Sections inside sections get the next level.
function M.section(spec)
  return make_section(spec, "section", section_options)
end

--- A section of level 1 that is counted in letters: "Appendix A", with A.1 in it.
function M.appendix(spec)
  return make_section(spec, "appendix", appendix_options)
end

return M
