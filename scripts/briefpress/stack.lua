--- Blocks below each other as one: with padding, a fill, a border, a shadow, a width or height of its own; kept
--- whole on demand.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"

local M = {}

local Stack = { is_usual = true, on_grid = true }
Stack.__index = Stack

local function sides(cx, padding)
  if type(padding) ~= "table" then
    local p = padding and cx:length(padding, 0) or 0
    return p, p, p, p
  end
  local function side(name, axis)
    return cx:length(padding[name] or padding[axis] or 0, 0)
  end
  return side("top", "y"), side("right", "x"), side("bottom", "y"), side("left", "x")
end

function Stack:measure(cx, width)
  local _, right, _, left = sides(cx, self.padding)
  if self.width then
    local own = cx:length(self.width, width)
    return own, own
  end
  local ground = cx.ground
  cx.ground = self.fill and cx:color(self.fill) or ground
  local least, most = self.flow:measure(cx, width - left - right)
  cx.ground = ground
  return least + left + right, most + left + right
end

local Fragment = { is_own = true }
Fragment.__index = Fragment

--- Draws fill and border; `edge` is a border on one side only ("left").
function Fragment:draw(canvas, x, y)
  local width, height = self.inner, self.height
  x = x + self.shift
  if self.fill or self.border then
    canvas:begin_artifact("Layout")
    if self.shadow then canvas:shadow(x, y, width, height, self.shadow) end
    if self.fill then canvas:rect(x, y, width, height, { fill = self.fill, radius = self.radius }) end
    if self.border then
      local line = { stroke = self.border, line_width = self.thickness }
      local half = self.thickness / 2
      if not self.edge then
        canvas:rect(x + half, y + half, width - self.thickness, height - self.thickness,
          { stroke = self.border, line_width = self.thickness, radius = self.radius })
      elseif self.edge == "left" then
        canvas:line(x + half, y, x + half, y + height, line)
      elseif self.edge == "right" then
        canvas:line(x + width - half, y, x + width - half, y + height, line)
      elseif self.edge == "top" then
        canvas:line(x, y + half, x + width, y + half, line)
      else
        canvas:line(x, y + height - half, x + width, y + height - half, line)
      end
    end
    canvas:end_artifact()
  end
  if self.tag then canvas:begin_tag(self.tag, self.id and { id = self.id } or nil) end
  self.content:draw(canvas, x + self.left, y + self.top)
  if self.tag then canvas:end_tag() end
end

function Fragment:locate(canvas, x, y)
  self.content:locate(canvas, x + self.shift + self.left, y + self.top)
end

--- What a canvas needs to draw the theme's shadow: it falls downwards by a quarter of its blur.
local function shadow(cx, radius)
  local blur = cx.theme.space.shadow or 8
  return { radius = radius, blur = blur, dy = blur / 4, color = cx.theme.colors.shadow or "#00000033" }
end

--- Grows to a height, for rows whose cards end together; spaces in it that fill take what it gains.
function Fragment:stretch(height)
  if height <= self.height then return end
  local gained = height - self.height
  self.height = height
  local content = self.content
  if content.fills then content:stretch(content.height + gained) end
end

function Stack:layout(cx, width, height)
  local own = self.width and math.min(width, cx:length(self.width, width)) or width
  local top, right, bottom, left = sides(cx, self.padding)
  if own - left - right <= 0 then
    cx:fail(("stack: padding leaves nothing of the %.0f points"):format(own), self.place)
  end
  local ground = cx.ground
  cx.ground = self.fill and cx:color(self.fill) or ground
  local edge = cx.grid_edge
  local box = self.height and cx:length(self.height, height < 1e6 and height or cx:frame().height)
  local content, rest
  if not box then
    cx.grid_edge = edge and edge - bottom
    if self.keep and cx.is_loose then
      content, rest = require("briefpress.box").split_kept(self, cx, own - left - right, height - top - bottom)
    else
      content, rest = self.flow:layout(cx, own - left - right, height - top - bottom)
    end
  elseif box <= height + 0.01 then
    cx.grid_edge = edge and edge - height + box - bottom
    content = require("briefpress.box").fill(self, cx, own, own - left - right, box - top - bottom)
  end
  cx.grid_edge = edge
  cx.ground = ground
  if not content or (rest and self.keep and not cx.is_loose) then
    if rest then cx.stuck = cx.stuck or self end
    return nil, self
  end
  local slack = width - own
  local fragment = setmetatable({
    width = width, height = box or content.height + top + bottom, inner = own, content = content, left = left,
    top = top, fills = content.fills,
    fill = self.fill and cx:color(self.fill), border = self.border and cx:color(self.border),
    thickness = self.thickness, radius = self.radius, edge = self.edge,
    shadow = self.shadow and shadow(cx, self.radius) or nil,
    shift = self.align == "center" and slack / 2 or self.align == "right" and slack or 0,
  }, Fragment)
  local first = content[1]
  if first and first.baseline and content.tops then fragment.baseline = top + content.tops[1] + first.baseline end
  if rest then
    if self.tag then self.tag_id = self.tag_id or cx:unique("stack") end
    local more = {}
    for key, value in next, self do more[key] = value end
    more.flow, more.id = rest, nil
    rest = setmetatable(more, Stack)
  end
  fragment.tag, fragment.id = self.tag, self.tag_id
  return fragment, rest
end

--- A stack of the library itself, from children and options already checked.
function M.new(children, spec, gap)
  local self = block.make(Stack, {
    children = children, flow = flow.new(children, gap), padding = spec.padding, shadow = spec.shadow,
    fill = spec.fill or spec.shadow and "paper" or nil, -- Else its shadow would be seen through it.
    width = spec.width, align = spec.align, border = spec.border, keep = spec.keep, radius = spec.radius,
    thickness = spec.thickness or 0.4, edge = spec.edge, tag = spec.tag, height = spec.height,
    overflow = spec.overflow,
  }, spec)
  if #children > 0 then -- A plain stack wants the space that its first and last child want.
    self.style = children[1].style
    if not (spec.padding or spec.fill or spec.border or spec.shadow) then
      if not spec.tag then self.is_open = true end
      self.space_before = self.space_before or children[1].space_before
      self.space_after = self.space_after or children[#children].space_after
    end
  end
  return self
end

local known = options.define("stack", {
  gap = "length", height = "length", overflow = { "error", "mark" }, keep = "boolean", padding = "any", fill = "color",
  width = "length", border = "color", shadow = "boolean",
  align = { "left", "center", "right" }, radius = "number", thickness = "number",
  edge = { "left", "right", "top", "bottom" },
})

--- The options of a stack, for parts that are one (grid.lua).
M.known = known

function M.stack(spec)
  options.expect(spec, "table", "stack")
  spec = options.read("stack", spec, known)
  local gap = spec.gap and require("briefpress.lengths").points(spec.gap, 0)
  return M.new(block.children(spec, "stack"), spec, gap)
end

return M
