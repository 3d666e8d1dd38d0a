--- The table of contents: numbers, titles and page numbers, each line a link. Page numbers stand in a column of their
--- own at the right edge, so they never change how the lines break.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"

local M = {}

local Line = { space_before = 0, space_after = 0 }
Line.__index = Line

function Line.measure(_, _, width)
  return 0, width
end

local Fragment = { locate = false }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local cx, entry = self.cx, self.entry
  local page = cx.known and cx.known[entry.id]
  local number = page and cx:page_label(page, { grouping = false }) or ""
  local last = self.paragraph:layout(self.measure)
  local baseline = y + self.paragraph:line(last).baseline
  local wide = engine.text.width(self.style, number)
  if self.leader then
    local line = self.paragraph:line(last)
    require("briefpress.leader").draw(canvas, x + self.indent + line.x + line.width, x + self.width - wide, baseline,
      self.leader)
  end
  canvas:begin_tag("TOCI")
  if entry.number then canvas:text(self.style, x + self.shift, y + self.paragraph:line(1).baseline, entry.number) end
  canvas:paragraph(self.paragraph, x + self.indent, y)
  canvas:text(self.style, x + self.width, baseline, number, "right")
  canvas:link(x, y, self.width, self.height, "#" .. entry.id, entry.title)
  canvas:end_tag()
end

function Line:layout(cx, width, height)
  local owner = self.owner
  local over = { weight = self.entry.level == 1 and owner.has_depth and 600 or nil,
    color = self.entry.level == 1 and "ink" or nil }
  local style, token = cx:style("contents", over)
  if not self.paragraph then
    self.paragraph = cx.paragraph({ { style = style, text = self.entry.title } }, token)
  end
  local shift = owner.is_numbered and 0 or (self.entry.level - 1) * token.size * 1.4
  local indent = shift + (owner.is_numbered and owner:number_width(cx) or 0)
  local room = width - indent - engine.text.width(style, "0000") - 12
  if room < 20 then cx:fail(("contents: %.0f points are too narrow"):format(width), owner.place) end
  local _, total = self.paragraph:layout(room)
  if total > height then return nil, self end
  return setmetatable({ cx = cx, width = width, height = total, entry = self.entry, style = style, shift = shift,
    paragraph = self.paragraph, measure = room, indent = indent,
    leader = owner.leader and cx:color("faint") }, Fragment)
end

local Contents = { uses_pages = true }
Contents.__index = Contents

function Contents:number_width(cx)
  if not self.widest then
    self.widest = 0
    local style, token = cx:style("contents", { weight = 600 })
    for _, line in ipairs(self.lines) do
      if line.entry.number then
        self.widest = math.max(self.widest, engine.text.width(style, line.entry.number) + token.size)
      end
    end
  end
  return self.widest
end

function Contents:prepare(cx)
  if self.flow then return end
  local parts = {}
  self.lines = {}
  if self.title then
    parts[1] = require("briefpress.text").new(self.title, { style = "h2", tag = "Caption" })
    parts[1].keep_with_next = true
  end
  for _, entry in ipairs(cx.entries) do
    if entry.level <= self.depth and entry.in_contents ~= false then
      local line = setmetatable({ entry = entry, owner = self, place = self.place }, Line)
      if entry.level == 1 and #self.lines > 0 and self.depth > 1 then line.space_before = 4 end
      if entry.level > 1 then self.has_depth = true end
      if entry.number then self.is_numbered = true end
      self.lines[#self.lines + 1] = line
      parts[#parts + 1] = line
    end
  end
  self.flow = flow.new(parts)
end

function Contents:measure(cx, width)
  self:prepare(cx)
  return 0, width
end

local Whole = { locate = false } -- Its lines and its title have no names.
Whole.__index = Whole

function Whole:draw(canvas, x, y)
  canvas:begin_tag("TOC", self.tag and { id = self.tag } or nil)
  self.content:draw(canvas, x, y)
  canvas:end_tag()
end

function Contents:layout(cx, width, height)
  self:prepare(cx)
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  local fragment = setmetatable({ width = width, height = content.height, content = content }, Whole)
  if rest then
    self.tag = self.tag or cx:unique("toc")
    local more = {}
    for key, value in next, self do more[key] = value end
    more.flow, more.id = rest, nil
    rest = setmetatable(more, Contents)
  end
  fragment.tag = self.tag
  return fragment, rest
end

local known = { title = "any", depth = "number", leader = "boolean" }

--- `title` false leaves the title out; `leader` draws dots to the page numbers.
function M.contents(spec)
  spec = options.read("contents", spec or {}, known)
  local title = spec.title
  if title == nil then title = require("briefpress.phrase").phrase("contents") end
  return block.make(Contents, { title = title, depth = spec.depth or 2, leader = spec.leader }, spec)
end

return M
