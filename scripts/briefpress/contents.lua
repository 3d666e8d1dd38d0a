--- The table of contents: of the report, or of one of its chapters. Its lines are those of contents_line.lua.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local lines_of = require "briefpress.contents_line"
local options = require "briefpress.options"

local M = {}

local Contents = { uses_pages = true, is_ranked = true, what = "contents" }
Contents.__index = Contents

local BEFORE_PART, BEFORE_CHAPTER = 12, 4 -- Space above lines.

--- The entries that a table shows, and the level of what they stand in: all, or those in the heading that `of` names.
local function entries_of(self, cx)
  local all, list = cx.entries, {}
  if not self.of then return all, 0 end
  local base
  for _, entry in ipairs(all) do
    if base then
      if entry.level <= base.level then break end
      list[#list + 1] = entry
    elseif entry.id == self.of then
      base = entry
    end
  end
  if not base then
    local names = {}
    for i, entry in ipairs(all) do names[i] = entry.id end
    local near = require("briefpress.engine").nearest(self.of, names)
    options.fail(('contents: no heading has the id "%s"%s'):format(self.of,
      near and ('; did you mean "%s"?'):format(near) or ""), self.place)
  end
  return list, base.level
end

local function add_lines(self, cx)
  local entries, base = entries_of(self, cx)
  for _, entry in ipairs(entries) do
    local depth, is_part = entry.level - base, entry.kind == "part"
    if depth <= self.depth and entry.in_contents ~= false then
      local line = lines_of.new(self, entry, depth, not is_part or self.part_pages)
      if #self.lines > 0 then
        line.space_before = is_part and BEFORE_PART or depth == 1 and self.depth > 1 and BEFORE_CHAPTER or 0
      end
      if depth > 1 or is_part then self.has_depth = true end
      self.lines[#self.lines + 1] = line
    end
  end
end

function Contents:prepare(cx)
  if self.flow then return end
  local parts = {}
  self.lines = {}
  if self.title then
    parts[1] = require("briefpress.text").new(self.title, { style = "h2", tag = "Caption" })
    parts[1].keep_with_next = true
  end
  self.add(self, cx)
  lines_of.tie(self.lines)
  lines_of.nest(cx, self.lines)
  table.move(self.lines, 1, #self.lines, #parts + 1, parts)
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

--- A table of the library's.
---@param fields table               `add(self, cx)` puts lines into `self.lines`; see contents_line.lua.
---@param spec table                 Options of the block.
---@return briefpress.Block
function M.new(fields, spec)
  return block.make(Contents, fields, spec)
end

local known = options.define("contents", {
  title = "any", depth = "count", leader = "boolean", of = "string", part_pages = "boolean",
})

--- See scripts/types/structure.lua.
function M.contents(spec)
  spec = options.read("contents", spec or {}, known)
  local title, depth = spec.title, spec.depth or 2
  if depth < 1 then options.fail("contents: depth must be a whole number from 1, got 0") end
  if title == nil then title = not spec.of and require("briefpress.phrase").phrase("contents") end
  return M.new({ title = title, depth = depth, leader = spec.leader, of = spec.of,
    part_pages = spec.part_pages, add = add_lines }, spec)
end

return M
