--- Blocks that stand on each other: layers of one box, and blocks at a place of a page or a box, which take no room.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local overflow = require "briefpress.overflow"
local max = math.max

local M = {}

local Place = { is_place = true, is_space = "place", space_before = 0, space_after = 0 }
Place.__index = Place

function Place.measure()
  return 0, 0
end

local Fragment = {}
Fragment.__index = Fragment

--- Where it is drawn: from the page's corner, or from where it stands.
function Fragment:origin(x, y)
  if self.is_of_page then return self.left, self.top end
  return x + self.left, y + self.top
end

function Fragment:draw(canvas, x, y)
  self.content:draw(canvas, self:origin(x, y))
end

function Fragment:locate(canvas, x, y)
  x, y = self:origin(x, y)
  block.locate(self.content, canvas, x, y)
end

--- Along one axis of a box of `whole`: where it begins and how much it may have. `size` is nil where it takes what its
--- content takes.
local function along(cx, whole, from, to, size)
  local start = from and cx:length(from, whole)
  local far = to and cx:length(to, whole)
  local own = size and cx:length(size, whole)
  if start and far and not own then own = whole - start - far end
  return start, far, own, own or whole - (start or 0) - (far or 0)
end

--- Lays it out in a box of `width` and `height`. `x` and `y` may be measured from either edge.
local function place_in(self, cx, width, height)
  local left, right, own_width, room = along(cx, width, self.x, self.right, self.width)
  local top, bottom, own_height, tall = along(cx, height, self.y, self.bottom, self.height)
  if not own_width and (right or self.anchor == "center") then -- As wide as its content.
    local _, most = self.flow:measure(cx, room)
    own_width = math.min(room, most)
  end
  local measure = own_width or room
  if measure <= 0 or tall <= 0 then
    cx:fail(("place: there is no room for it in a box of %.0f by %.0f points; give it another place or width=")
      :format(width, height), self.place)
  end
  local content, rest = self.flow:layout(cx, measure, tall)
  if not content or rest then
    local needed = overflow.height_of(cx, self.flow, measure)
    content = overflow.settle(cx, self.overflow, self.place,
      needed and ("place: a block of %.0f points does not fit into %.0f"):format(needed, tall)
        or ("place: a block does not fit into %.0f by %.0f points"):format(measure, tall),
      'give height=, another place, or overflow = "mark"', measure, tall)
  end
  local high = content.height
  return setmetatable({ width = 0, height = 0, content = content,
    left = right and not left and width - right - measure or left
      or self.anchor == "center" and (width - measure) / 2 or 0,
    top = bottom and not top and height - bottom - max(own_height or high, high) or top
      or self.anchor == "center" and (height - high) / 2 or 0 }, Fragment)
end

--- In a flow: of the page, or of the room between its margins, or from where it stands.
function Place:layout(cx, width, height)
  local of = self.of
  if of == "here" then return place_in(self, cx, width, height < 1e6 and height or cx:frame().height) end
  local frame = cx:frame()
  local fragment
  if of == "page" then
    fragment = place_in(self, cx, frame.page_width, frame.page_height)
  else
    fragment = place_in(self, cx, frame.width, frame.height)
    fragment.left, fragment.top = fragment.left + frame.left, fragment.top + frame.top
  end
  fragment.is_of_page = true
  return fragment
end

local known_place = options.define("place", {
  x = "length", y = "length", right = "length", bottom = "length", width = "length", height = "length",
  of = { "margins", "page", "here" }, anchor = { "corner", "center" }, overflow = overflow.kinds,
})

--- A block at a place, which takes no room in the flow. See scripts/types.
function M.place(spec)
  options.expect(spec, "table", "place")
  spec = options.read("place", spec, known_place)
  local children = block.children(spec, "place")
  if #children == 0 then options.fail("place: it has no block") end
  for _, pair in ipairs { { "x", "right", "width" }, { "y", "bottom", "height" } } do
    if spec[pair[1]] and spec[pair[2]] and spec[pair[3]] then
      options.fail(("place: %s=, %s= and %s= say one thing too much; leave one out"):format(table.unpack(pair)))
    end
  end
  local self = block.make(Place, { children = children, flow = flow.new(children), x = spec.x, y = spec.y,
    right = spec.right, bottom = spec.bottom, width = spec.width, height = spec.height, of = spec.of or "margins",
    anchor = spec.anchor, overflow = spec.overflow }, spec)
  self.space_before, self.space_after = 0, 0
  return self
end

local Layers = { is_layers = true }
Layers.__index = Layers

function Layers:measure(cx, width)
  local least, most = 0, 0
  for i = 1, #self.flows do
    local a, b = self.flows[i]:measure(cx, width)
    least, most = max(least, a), max(most, b)
  end
  return least, most
end

local LayersFragment = {}
LayersFragment.__index = LayersFragment

--- Names of places; a flow notes those of the other layers.
local function name_places(self, x, y)
  for i = 1, #self do
    local id = self.blocks[i].is_place and self.blocks[i].id
    if id then self.cx:anchor(id, x + self[i].left, y + self[i].top) end
  end
end

function LayersFragment:draw(canvas, x, y)
  name_places(self, x, y)
  for i = 1, #self do self[i]:draw(canvas, x, y) end
end

function LayersFragment:locate(canvas, x, y)
  name_places(self, x, y)
  for i = 1, #self do block.locate(self[i], canvas, x, y) end
end

--- The highest layer tells the height; layers that can grow to it do, and places are those of the box.
function Layers:layout(cx, width, height)
  local own = self.height and cx:length(self.height, height < 1e6 and height or 0)
  if own and own > height then return nil, self end
  local parts, tallest = { cx = cx, width = width, blocks = self.children }, own or 0
  local was_natural = cx.is_natural
  cx.is_natural = not own or nil
  for i, child in ipairs(self.children) do
    if not child.is_place then
      local content, rest = self.flows[i]:layout(cx, width, own or height)
      if not content or rest then
        cx.is_natural = was_natural
        if not own then
          if not cx.stuck then cx.stuck, cx.stuck_width = child, width end
          return nil, self
        end
        local needed = overflow.height_of(cx, self.flows[i], width)
        return overflow.settle(cx, self.overflow, child.place or self.place,
          needed and ("layers: a block of %.0f points does not fit into their %.0f"):format(needed, own)
            or ("layers: a block does not fit into their %.0f points"):format(own),
          'make height= larger, leave it out, or give overflow = "mark"', width, own)
      end
      parts[i], tallest = content, max(tallest, content.height)
    end
  end
  cx.is_natural = was_natural
  for i, child in ipairs(self.children) do
    if child.is_place then
      parts[i] = place_in(child, cx, width, tallest)
    else
      local only = parts[i][1]
      if #parts[i] == 1 and only.stretch then only:stretch(tallest) end
      if parts[i].fills then parts[i]:stretch(tallest) end
    end
  end
  parts.height = tallest
  return setmetatable(parts, LayersFragment)
end

local known_layers = options.define("layers", { height = "length", overflow = overflow.kinds })

--- Blocks on each other, the first lowest, in a box as high as the highest of them. They stay on one page.
function M.layers(spec)
  options.expect(spec, "table", "layers")
  spec = options.read("layers", spec, known_layers)
  local children = block.children(spec, "layers", true)
  if #children == 0 then options.fail("layers: it has no blocks") end
  local flows, is_some = {}, spec.height ~= nil
  for i = 1, #children do
    flows[i] = flow.new { children[i] }
    is_some = is_some or not children[i].is_place
  end
  if not is_some then
    options.fail("layers: places alone have no height; give height=, or a block that is no b.place")
  end
  return block.make(Layers, { children = children, flows = flows, height = spec.height,
    overflow = spec.overflow }, spec)
end

return M
