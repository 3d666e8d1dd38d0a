--- Text that goes round a figure: beside it first, then below. The lines of a paragraph are chosen for the room each
--- of them has; what is no paragraph stands beside the figure as far as it fits there, and goes on below it.
---
--- The children stand in a usual flow. Each is laid out through a stand-in, which knows from the height it is given how
--- far down the flow has come, and so how much of the figure is still beside it.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local ceil, max, min = math.ceil, math.max, math.min

local M = {}

local Paragraph -- The class of paragraphs: asked for when a layout first wraps text.

local Beside = { on_grid = true }
Beside.__index = Beside

local function stand_in(child)
  return setmetatable({ child = child, place = child.place, id = child.id, style = child.style,
    space_before = child.space_before, space_after = child.space_after, keep_with_next = child.keep_with_next,
    is_space = child.is_space, weight = child.weight, breaks = child.breaks, height = child.height }, Beside)
end

function Beside:measure(cx, width)
  return self.child:measure(cx, width)
end

local Parts = {}
Parts.__index = Parts

function Parts:draw(canvas, x, y)
  for i = 1, #self do self[i]:draw(canvas, x + self.lefts[i], y + self.tops[i]) end
end

function Parts:locate(canvas, x, y)
  for i = 1, #self do block.locate(self[i], canvas, x + self.lefts[i], y + self.tops[i]) end
end

--- A paragraph: its first lines are narrower. Where a page ends beside the figure, its rest is none beside it any more.
local function wrap_paragraph(self, cx, width, height, notch, left)
  local child = self.child
  local paragraph = child:prepare(cx)
  local count, total = paragraph:layout(width)
  local lines = ceil(left / (total / max(count, 1)) - 0.001)
  for _ = 1, 4 do
    child.notch = { lines = lines, by = notch.by, side = notch.side }
    local fragment, rest = child:layout(cx, width, height)
    if not rest or not fragment or fragment.last >= lines then return fragment, rest end
    lines = fragment.last
  end
  return child:layout(cx, width, height)
end

--- What is no paragraph: as much as fits beside the figure, the rest below it.
local function wrap_other(self, cx, width, height, notch, left)
  local child, beside = self.child, width - notch.by
  local x = notch.side == "left" and notch.by or 0
  local stuck, was_loose = cx.stuck, cx.is_loose
  cx.is_loose = nil
  local part, rest = child:layout(cx, beside, min(left, height))
  cx.stuck, cx.is_loose = stuck, was_loose
  if part == false then return false end
  if part and not rest then
    return setmetatable({ part, width = width, height = part.height, lefts = { x }, tops = { 0 } }, Parts)
  end
  if height <= left then -- The page ends beside the figure.
    if not part then return nil, child end
    return setmetatable({ part, width = width, height = part.height, lefts = { x }, tops = { 0 } }, Parts), rest
  end
  local below, more = (rest or child):layout(cx, width, height - left)
  if not below then
    if not part then return nil, child end
    return setmetatable({ part, width = width, height = part.height, lefts = { x }, tops = { 0 } }, Parts), rest
  end
  if not part then
    return setmetatable({ below, width = width, height = left + below.height, lefts = { 0 }, tops = { left } }, Parts),
      more
  end
  local top = max(part.height, rest and left or 0)
  return setmetatable({ part, below, width = width, height = top + below.height, lefts = { x, 0 }, tops = { 0, top } },
    Parts), more
end

function Beside:layout(cx, width, height)
  local notch = cx.notch
  local child = self.child
  cx.at = child.place or cx.at
  local left = notch and notch.bottom - (notch.height - height) or 0
  if left <= 0.5 or self.is_space then
    if child.notch then child.notch = nil end
    return child:layout(cx, width, height)
  end
  cx.notch = nil
  local is_text = getmetatable(child) == Paragraph and not child.width and not child.first
  local lay_out = is_text and wrap_paragraph or wrap_other
  local fragment, rest = lay_out(self, cx, width, height, notch, left)
  cx.notch = notch
  return fragment, rest
end

local Wrap = { on_grid = true, is_open = true }
Wrap.__index = Wrap

function Wrap:measure(cx, width)
  local least, most = self.flow:measure(cx, width)
  local own = self.figure_flow:measure(cx, width)
  return max(least, own), most
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  self.figure:draw(canvas, x + self.left, y)
  if self.content then self.content:draw(canvas, x, y) end
end

function Fragment:locate(canvas, x, y)
  self.figure:locate(canvas, x + self.left, y)
  if self.content then self.content:locate(canvas, x, y) end
end

--- The width of the figure: as asked for, else two fifths of all.
local function width_of(self, cx, width, gap)
  local own = self.width and cx:length(self.width, width) or width * 0.4
  if own <= 0 or own + gap > width - self.least then
    cx:fail(("wrap: a figure of %.0f points and a gap of %.0f leave less than %.0f of %.0f for the text; "
      .. "make width= smaller"):format(own, gap, self.least, width), self.place)
  end
  return own
end

function Wrap:layout(cx, width, height)
  local gap = self.gap and cx:length(self.gap, width) or cx.theme.space.gap or 16
  local below = self.gap_below and cx:length(self.gap_below, 0) or gap * 0.5
  local own = width_of(self, cx, width, gap)
  local edge, was_natural = cx.grid_edge, cx.is_natural
  cx.grid_edge, cx.is_natural = false, true
  local figure, more = self.figure_flow:layout(cx, own, height)
  cx.grid_edge, cx.is_natural = edge, was_natural
  if not figure or more then
    if not cx.stuck then cx.stuck, cx.stuck_width = self.figure, own end
    return nil, self
  end
  local outer = cx.notch
  cx.notch = { height = height, bottom = figure.height + below, by = own + gap, side = self.side }
  local content, rest = self.flow:layout(cx, width, height)
  cx.notch = outer
  if not content then -- Not even two lines: nothing stands beside the figure then.
    if not cx.is_loose then return nil, self end
    rest = self.flow
  end
  return setmetatable({ width = width, height = max(figure.height, content and content.height or 0), figure = figure,
    content = content, left = self.side == "left" and 0 or width - own }, Fragment), rest
end

local known = options.define("wrap", {
  figure = "any", side = { "right", "left" }, width = "length", gap = "length", gap_below = "length", least = "amount",
})

--- Opens up texts of several paragraphs, so that each of them goes round the figure.
local function open(children)
  local list = {}
  for _, child in ipairs(children) do
    if getmetatable(child) == flow then
      for i, part in ipairs(child.children) do
        list[#list + 1] = part
        if i == 1 then part.id = part.id or child.id end
      end
    else
      list[#list + 1] = child
    end
  end
  return list
end

--- Blocks that go round a figure. See scripts/types.
function M.wrap(spec)
  options.expect(spec, "table", "wrap")
  spec = options.read("wrap", spec, known)
  if spec.figure == nil then options.fail "wrap: it needs figure=, the block that the others go round" end
  local figure = block.children({ spec.figure }, "wrap: figure")
  local children = open(block.children(spec, "wrap"))
  if #figure == 0 or #children == 0 then options.fail "wrap: it needs figure= and blocks that go round it" end
  Paragraph = Paragraph or require("briefpress.text").Paragraph
  local all, stands = { figure[1] }, {}
  for i = 2, #figure do all[i] = figure[i] end
  for i, child in ipairs(children) do
    if child.own_page then options.fail("wrap: a cover cannot go round a figure", child.place) end
    all[#all + 1], stands[i] = child, stand_in(child)
  end
  local self = block.make(Wrap, { children = all, figure = figure[1], figure_flow = flow.new(figure),
    flow = flow.new(stands), side = spec.side or "right", width = spec.width, gap = spec.gap,
    gap_below = spec.gap_below, least = spec.least or 72 }, spec)
  self.style = children[1].style
  self.space_before = self.space_before or children[1].space_before
  self.space_after = self.space_after or children[#children].space_after
  return self
end

return M
