--- What cannot fit: an error that names the block, its size and its line, or where the layout asks for it a mark that
--- stands in its place. `check` reports each mark.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase

local M = {}

--- The words of the option `overflow`.
M.kinds = { "error", "mark" }

local COLOR = "#b3261e"
local STEP = 7 -- Points between the lines of the hatching, along an edge.

local Mark = { locate = false }
Mark.__index = Mark

--- Lines at 45 degrees, each cut at the edges of the box, so that nothing needs to be clipped.
local function hatching(x, y, width, height)
  local path = {}
  for at = STEP, width + height - 0.01, STEP do
    local right, down = math.min(at, width), math.min(at, height)
    local n = #path
    path[n + 1], path[n + 2], path[n + 3] = "M", x + right, y + at - right
    path[n + 4], path[n + 5], path[n + 6] = "L", x + at - down, y + down
  end
  return path
end

function Mark:draw(canvas, x, y)
  local width, height = self.width, self.height
  canvas:begin_artifact("Layout")
  if width > 1 and height > 1 then
    local path = hatching(x, y, width, height)
    if #path > 0 then canvas:path(path, { stroke = COLOR .. "60", line_width = 0.5 }) end
    canvas:rect(x + 0.5, y + 0.5, width - 1, height - 1, { stroke = COLOR, line_width = 1 })
  end
  canvas:end_artifact()
  if self.label and not self.cx.is_dry then
    local wide, tall = self.wide, self.tall
    canvas:begin_artifact("Layout")
    canvas:rect(x + 4, y + 4, wide + 6, tall + 4, { fill = "#ffffff" })
    canvas:end_artifact()
    canvas:begin_tag("P")
    self.label:layout(self.measure)
    canvas:paragraph(self.label, x + 7, y + 6)
    canvas:end_tag()
  end
end

--- A red hatched box with a text, as far as it holds one.
---@param cx briefpress.Context
---@param text string
---@param width number
---@param height number
---@return briefpress.Fragment
function M.mark(cx, text, width, height)
  local self = setmetatable({ cx = cx, width = width, height = height }, Mark)
  local measure = width - 14
  if measure > 20 then
    local label = engine.text.paragraph { leading = 9, spans = {
      { style = (cx:style("body", { size = 7, weight = 600, color = COLOR })), text = text } } }
    local _, tall = label:layout(measure)
    if tall + 8 <= height then
      self.label, self.measure, self.tall, self.wide = label, measure, tall, math.min(measure, label:max_width())
    end
  end
  return self
end

--- A finding of `check`, said once however often it is laid out.
---@param cx briefpress.Context
---@param place? string
---@param text string
function M.note(cx, place, text)
  local noted = cx.noted or {}
  cx.noted = noted
  local key = (place or "") .. "\n" .. text
  if noted[key] then return end
  noted[key] = true
  engine.report("finding", text, place)
end

--- Tells of a heading, or another block that stays with the next one, that ends a page: what follows has no room
--- below it, and has none on any page. Not of one that was tried there and stands elsewhere.
---@param cx briefpress.Context
---@param fragment table            Of the page.
function M.parted(cx, fragment)
  local block = cx.parted
  cx.parted = nil
  while type(fragment) == "table" and type(fragment.blocks) == "table" do
    local last = #fragment.blocks
    if fragment.blocks[last] == block then
      return M.note(cx, block.place, "a heading ends its page: what follows does not fit below it on any page; "
        .. "make that lower, or let it split")
    end
    fragment = fragment[last]
    if type(fragment) == "table" and not fragment.blocks then fragment = fragment.content end
  end
end

--- Settles what does not fit into a box: an error, or a finding and a mark as large as the box.
---@param cx briefpress.Context
---@param kind? "error"|"mark"      Of the box; that of the report when left out.
---@param place? string
---@param text string               What is wrong.
---@param remedy string             What an error says behind it.
---@param width number              Of the mark.
---@param height number
---@return briefpress.Fragment mark
function M.settle(cx, kind, place, text, remedy, width, height)
  place = place or cx.at
  if (kind or cx.overflow) ~= "mark" then options.fail(text .. "; " .. remedy, place) end
  M.note(cx, place, text)
  return M.mark(cx, phrase("overflow", { text = text, place = (place or ""):match("[^/]*$") }), width, height)
end

--- How high a block is that does not fit; nil where even no end of height would do.
---@param cx briefpress.Context
---@param block briefpress.Block
---@param width number
---@return number?
function M.height_of(cx, block, width)
  local was_marking = cx.is_marking
  cx.is_marking = nil
  local fragment = block:layout(cx, width, 1e7)
  cx.is_marking = was_marking
  return fragment and fragment.height or nil
end

--- What is wrong with a block that does not fit on an empty page: one that stuck in a column or a cell is as high as it
--- is there.
---@return string
function M.said(cx, block, width, height)
  local own = block == cx.stuck and cx.stuck_width or width
  local tall = M.height_of(cx, block, own)
  if tall and tall > height then
    return ("a block of %.0f points is higher than the page, which has %.0f"):format(tall, height)
  end
  return tall and ("a block of %.0f points does not fit with what stands around it on a page, which has %.0f")
    :format(tall, height) or ("a block does not fit into a page of %.0f points, nor into any height"):format(height)
end

--- What to do about it.
---@return string
function M.remedy(cx, block, width)
  return M.height_of(cx, block, width)
    and 'make it lower, let b.fit draw it smaller, or give the report overflow = "mark"'
    or "its layout must answer a fragment where there is room enough"
end

--- The mark of such a block; the one that stuck inside of it is the one to blame. It is the only one of its page: what
--- does not fit below it goes on to the next.
---@return briefpress.Fragment
function M.too_high(cx, block, width, height)
  local blamed = cx.stuck or block
  local text = M.said(cx, blamed, width, height)
  cx.stuck, cx.is_marking, cx.is_loose = nil, nil, nil
  return M.settle(cx, "mark", blamed.place or block.place, text, "", width, math.min(height, 72))
end

return M
