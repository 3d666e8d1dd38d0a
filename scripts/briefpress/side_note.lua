--- Notes in the margin, beside the blocks they belong to. Those of a page never stand on each other: one that would is
--- pushed down.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"

local M = {}

local LEAST = 40 -- Points: a narrower note is none.
local EDGE = 18  -- Points that stay free at the edge of the paper.

local SideNote = { on_grid = true }
SideNote.__index = SideNote

function SideNote:measure(cx, width)
  return self.flow:measure(cx, width)
end

local Fragment = {}
Fragment.__index = Fragment

--- Where the note stands, and where the next one may: below it.
local function settle(self, y)
  local cx, high = self.cx, self.note.height
  local bottoms = cx.facts.side_bottoms or {}
  cx.facts.side_bottoms = bottoms
  local free, foot = bottoms[self.side] or 0, self.foot
  local top = math.max(y + self.drop, free)
  if top + high > foot then top = math.max(free, foot - high) end
  if top + high > foot + 0.01 then
    cx:fail(("side_note: a note of %.0f points does not fit below the others of its page; it has %.0f: make it shorter")
      :format(high, math.max(0, foot - free)), self.place)
  end
  bottoms[self.side] = top + high + self.gap
  return top
end

function Fragment:draw(canvas, x, y)
  self.content:draw(canvas, x, y)
  if self.cx.is_dry or not self.cx.sheet then return end
  local top = settle(self, y)
  canvas:begin_tag("Note", { id = self.tag })
  self.note:draw(canvas, self.left, top)
  canvas:end_tag()
end

function Fragment:locate(canvas, x, y)
  block.locate(self.content, canvas, x, y)
  block.locate(self.note, canvas, self.left, y)
end

--- The margin that the note stands in, and where in it.
local function margin_of(self, cx)
  local sheet = cx.sheet_of
  local m = sheet.margins
  local is_left_hand = sheet ~= cx.facts.style -- Its margins are the other way round.
  local side = self.side
  if side == "outer" then side = is_left_hand and "left" or "right" end
  if side == "inner" then side = is_left_hand and "right" or "left" end
  local gap = cx.theme.space.side_gap or 12
  local room = m[side] - gap - EDGE
  return side, side == "left" and EDGE or sheet.width - m.right + gap, room, sheet.height - m.bottom
end

function SideNote:layout(cx, width, height)
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  if rest then
    rest = setmetatable({ flow = rest, is_rest = true, children = self.children, place = self.place, space_before = 0,
      space_after = self.space_after }, SideNote)
  end
  if self.is_rest then return content, rest end
  local side, left, room, foot = margin_of(self, cx)
  local least = math.max(LEAST, (self.note:measure(cx, room)))
  if room < least then
    local width_now = cx.sheet_of.margins[side]
    cx:fail(("side_note: the %s margin is %.0f points wide, and a note needs %.0f; margins = { %s = ... } gives"
      .. " it more"):format(side, width_now, least + width_now - room, side), self.place)
  end
  local grid = cx.grid_edge
  cx.grid_edge = false
  local note = self.note:layout(cx, room, 1e6)
  cx.grid_edge = grid
  local first, drop = self.children[1], 0
  if first.style and self.note.style then
    drop = cx:baseline(first.style) - cx:baseline(self.note.style) -- First lines stand on one baseline.
      + (content[1] and content[1].shift or 0)
  end
  return setmetatable({ cx = cx, width = width, height = content.height, content = content, note = note, side = side,
    left = left, foot = foot, drop = drop, gap = cx.theme.space.side_note or 8, place = self.place,
    tag = cx:unique("side") }, Fragment), rest
end

local known = options.define("side_note", { side = { "outer", "inner", "left", "right" }, style = "style" })

--- See scripts/types/pages.lua.
---@param spec briefpress.options.side_note
function M.side_note(spec)
  options.expect(spec, "table", "side_note")
  spec = options.read("side_note", spec, known)
  local list = options.list(spec)
  local note = list[1]
  if type(note) ~= "string" and not block.is(note) then
    options.fail(("side_note expects the note first, a text or a block, got %s"):format(
      note == nil and "nothing" or "a " .. type(note)))
  end
  local children = block.children(table.move(list, 2, #list, 1, {}), "side_note", true)
  if #children == 0 then
    options.fail('side_note: give it what it stands beside, too: b.side_note { "The note", b.text "The words." }')
  end
  if type(note) == "string" then
    local text = require "briefpress.text"
    note = text.text { note, style = spec.style or "side_note" }
    if getmetatable(note) == text.Paragraph then note.tag = false end -- Words of the note: no paragraph of their own.
  end
  local first, last = children[1], children[#children]
  local all = table.move(children, 1, #children, 1, {})
  all[#all + 1] = note
  local self = block.make(SideNote, { children = all, flow = flow.new(children), note = note,
    side = spec.side or "outer" }, spec)
  self.style = first.style
  self.space_before = self.space_before or first.space_before
  self.space_after = self.space_after or last.space_after
  return self
end

return M
