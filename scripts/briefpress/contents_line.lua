--- A line of contents or of a list of figures: number, title and page, as a whole a link. The number hangs in a column
--- of its depth. The page stands in a column of its own at the right edge, so it never changes how lines break: it is
--- looked up as the line is drawn.
local contrast = require "briefpress.contrast"
local engine = require "briefpress.engine"
local heading = require "briefpress.heading"

local M = {}

local AIR = 12 -- Between a title and the column of pages, at least.
local DEEPER = 1.4 -- Ems that a depth without numbers stands further in.

local Line = { space_before = 0, space_after = 0 }
Line.__index = Line

function Line.measure(_, _, width)
  return 0, width
end

local Fragment = { locate = false, is_own = true }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local cx, entry = self.cx, self.entry
  if cx.is_dry then return end
  local page = self.has_page and cx.known and cx.known[entry.id]
  local number = page and cx:page_label(page, { grouping = false }) or ""
  local last = self.paragraph:layout(self.measure)
  local line = self.paragraph:line(last)
  local baseline = y + line.baseline
  if self.leader and page then
    require("briefpress.leader").draw(canvas, x + self.indent + line.x + line.width,
      x + self.width - engine.text.width(self.style, number), baseline, self.leader)
  end
  local nest = self.nest
  for i = 1, nest and #nest or 0 do canvas:begin_tag("TOC", { id = nest[i] }) end
  canvas:begin_tag "TOCI"
  if self.number then
    canvas:begin_tag "Lbl"
    canvas:text(self.style, x + self.shift, y + self.paragraph:line(1).baseline, self.number)
    canvas:end_tag()
  end
  canvas:begin_tag "Reference"
  canvas:begin_tag "Link"
  canvas:paragraph(self.paragraph, x + self.indent, y)
  if page then canvas:text(self.style, x + self.width, baseline, " " .. number, "right") end
  canvas:link(x, y, self.width, self.height, "#" .. entry.id, self.title)
  canvas:end_tag()
  canvas:end_tag()
  canvas:end_tag()
  for _ = 1, nest and #nest or 0 do canvas:end_tag() end
end

--- The style of the lines of a depth: "contents.2" where the theme has it, else "contents", strong at depth 1 where
--- there are deeper ones.
local function style_of(cx, list, depth)
  if not list.is_ranked then return cx:style "contents" end
  local own = "contents." .. depth
  if cx.theme.type[own] then return cx:style(own) end
  local is_head = depth <= 1
  return cx:style("contents", is_head and { weight = list.has_depth and 600 or nil, color = "ink" } or nil)
end

--- What stands in the column of numbers: "Part I" of parts.
local function number_of(entry)
  if entry.kind == "part" then return heading.number(entry) end
  return entry.number
end

--- Where numbers and titles of each depth stand: {shift, indent}. Made once for a list.
local function columns_of(cx, list)
  local wide, deepest = {}, 0
  for _, line in ipairs(list.lines) do
    local number, depth = number_of(line.entry), line.depth
    deepest = math.max(deepest, depth)
    if number then
      local style, token = style_of(cx, list, depth)
      wide[depth] = math.max(wide[depth] or 0, engine.text.width(style, number) + token.size)
    end
  end
  local columns, shift = {}, 0
  for depth = 0, deepest do
    if depth > 1 then
      local _, token = style_of(cx, list, depth)
      shift = shift + (wide[depth - 1] or token.size * DEEPER)
    end
    columns[depth] = { shift, shift + (wide[depth] or 0) }
  end
  return columns
end

function Line:layout(cx, width, height)
  local list, entry = self.list, self.entry
  list.columns = list.columns or columns_of(cx, list)
  local style, token = style_of(cx, list, self.depth)
  contrast.check(cx, token, list.place)
  if not entry.level then require("briefpress.captioned").title(cx, entry) end
  if not self.paragraph or self.title ~= entry.title then
    self.title = entry.title
    self.paragraph = cx.paragraph({ { style = style, text = entry.title } }, token)
  end
  local number, column = number_of(entry), list.columns[self.depth]
  local indent = number and column[2] or column[1]
  local room = width - indent - engine.text.width(style, "0000") - AIR
  if room < 20 then cx:fail(("%s: %.0f points are too narrow"):format(list.what, width), list.place) end
  local _, total = self.paragraph:layout(room)
  if total > height then return nil, self end
  return setmetatable({ cx = cx, width = width, height = total, entry = entry, number = number, style = style,
    title = self.title, paragraph = self.paragraph, measure = room, shift = column[1], indent = indent,
    has_page = self.has_page, nest = self.nest, leader = list.leader and cx:color "faint" }, Fragment)
end

--- A line.
---@param list table                What holds it: `what` (its component), `place`, `leader`, `lines`, and `is_ranked`
---  where the depths look unlike.
---@param entry table                As numbering.lua lists it, with its title.
---@param depth integer              0 for parts, else from 1.
---@param has_page boolean
function M.new(list, entry, depth, has_page)
  return setmetatable({ list = list, entry = entry, depth = depth, has_page = has_page, place = list.place }, Line)
end

--- Says in which tables within the table lines stand for who hears them: those deeper than the line above begin one.
---@param cx briefpress.Context
---@param lines table[]
function M.nest(cx, lines)
  local depths, ids = {}, {}
  for _, line in ipairs(lines) do
    local count, entry, depth = #depths, line.entry, line.depth
    if not entry.in_part and entry.kind ~= "part" then depth = depth - 1 end -- It stands beside parts.
    while count > 0 and depths[count] > depth do
      depths[count], ids[count] = nil, nil
      count = count - 1
    end
    if count == 0 or depths[count] < depth then
      count = count + 1
      depths[count], ids[count] = depth, count > 1 and cx:unique "toc" or false
    end
    if count > 1 then line.nest = table.move(ids, 2, count, 1, {}) end
  end
end

--- Ties lines so that none is torn from what it belongs to: what has deeper lines stays with the first of them, and the
--- last line of a group never begins a page alone.
---@param lines table[]
function M.tie(lines)
  for i = 1, #lines - 1 do
    local depth, behind = lines[i].depth, lines[i + 1].depth
    local is_last = not lines[i + 2] or lines[i + 2].depth < behind
    if behind > depth or (behind == depth and is_last) then lines[i].keep_with_next = true end
  end
end

return M
