--- The cover: a page of its own without header and footer, its blocks over a background that fills the page.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local page_style = require "briefpress.page_style"

local M = {}

local Cover = { own_page = true, is_open = true, space_before = 0, space_after = 0 }
Cover.__index = Cover

function Cover:measure(cx, width)
  return self.flow:measure(cx, width)
end

--- A cover is drawn by the rendering; as part of another block it would have no page.
function Cover:layout(cx)
  cx:fail("a cover stands at the top level of a report only", self.place)
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas)
  if self.background then self.background:draw(canvas, -self.bleed, -self.bleed) end
  self.content:draw(canvas, self.left, self.top)
end

function Fragment:locate(canvas)
  if self.background then block.locate(self.background, canvas, -self.bleed, -self.bleed) end
  self.content:locate(canvas, self.left, self.top)
end

--- Lays out the whole page.
---@param cx briefpress.Context
---@param width number         Of the page.
---@param height number
---@param usual table          The margins of the page.
---@param bleed number         Points that the background goes on beyond the page.
---@return briefpress.Fragment
function Cover:layout_page(cx, width, height, usual, bleed)
  local m = self.margins and page_style.margins(self.margins, usual, width, height, self.place) or usual
  local background, ground = self.background, nil
  if background then
    cx.at = background.place
    ground = background:layout(cx, width + 2 * bleed, height + 2 * bleed)
    if not ground then cx:fail("the cover's background is larger than the page", background.place) end
  end
  local room = height - m.top - m.bottom
  cx.stuck, cx.is_loose = nil, nil
  if background then cx.ground = false end
  local content, rest = self.flow:layout(cx, width - m.left - m.right, room)
  cx.ground = nil
  if not content or rest then
    cx:fail(("the cover's blocks do not fit into the %.0f points between its margins"):format(room), self.place)
  end
  local slack = room - content.height
  local drop = self.align == "middle" and slack / 2 or self.align == "bottom" and slack or 0
  return setmetatable({ width = width, height = height, background = ground, content = content, left = m.left,
    top = m.top + drop, bleed = bleed }, Fragment)
end

local known = options.define("cover", {
  background = "table", margins = "table", align = { "top", "middle", "bottom" },
})

function M.cover(spec)
  options.expect(spec, "table", "cover")
  spec = options.read("cover", spec, known)
  if spec.background and not block.is(spec.background) then
    options.fail("cover: background must be a block, as b.canvas { draw = … }")
  end
  if spec.background then spec.background.is_background = true end
  if spec.margins then page_style.check_margins(spec.margins, "cover: margins") end
  local children = block.children(spec, "cover")
  return block.make(Cover, { children = children, flow = flow.new(children), background = spec.background,
    margins = spec.margins, align = spec.align or "top" }, spec)
end

return M
