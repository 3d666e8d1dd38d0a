--- Blocks that are drawn smaller, or turned. They are laid out as they are; what changes is how they are drawn.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local overflow = require "briefpress.overflow"

local M = {}

--- Draws content at (x, y) as a transformation has it. Places and boxes of figures are noted where they come to stand.
local function draw_mapped(cx, canvas, content, x, y, matrix)
  local a, b, c, d, e, f = table.unpack(matrix)
  local outer = cx.map
  cx.map = function(px, py)
    local qx, qy = a * px + c * py + e, b * px + d * py + f
    if outer then return outer(qx, qy) end
    return qx, qy
  end
  canvas:save()
  canvas:transform(a, b, c, d, e, f)
  content:draw(canvas, x, y)
  canvas:restore()
  cx.map = outer
end

local Fit = { is_open = true }
Fit.__index = Fit

function Fit:measure(cx, width)
  if self.width then
    local own = cx:length(self.width, width)
    return own, own
  end
  local least, most = self.flow:measure(cx, width)
  return least * self.least, most
end

local FitFragment = {}
FitFragment.__index = FitFragment

function FitFragment:draw(canvas, x, y)
  local s = self.scale
  if s == 1 then return self.content:draw(canvas, x, y) end
  draw_mapped(self.cx, canvas, self.content, x, y, { s, 0, 0, s, x - s * x, y - s * y })
end

function FitFragment:locate(canvas, x, y)
  self.content:locate(canvas, x, y)
end

--- Its content at a size in percent, nil where it does not fit.
local function try(self, cx, width, height, percent)
  local content, rest = self.flow:layout(cx, width * 100 / percent, height * 100 / percent)
  if content and not rest then return content end
end

--- The largest size in percent at which the content fits, and the content; nil where it never does.
local function search(self, cx, width, height)
  local least = math.ceil(self.least * 100 - 0.001)
  local content = try(self, cx, width, height, 100)
  if content then return 100, content end
  content = try(self, cx, width, height, least)
  if not content then return nil end
  local low, high = least, 100 -- It fits at `low`, not at `high`.
  while high - low > 1 do
    local middle = (low + high) // 2
    local trial = try(self, cx, width, height, middle)
    if trial then low, content = middle, trial else high = middle end
  end
  return low, content
end

function Fit:layout(cx, width, height)
  local finite = height < 1e6 and height or cx:frame().height
  local own = self.width and math.min(width, cx:length(self.width, width)) or width
  local box = self.height and cx:length(self.height, finite)
  if box and box > height + 0.01 then return nil, self end
  local tall = box or finite
  local was_natural, was_loose, was_marking, stuck = cx.is_natural, cx.is_loose, cx.is_marking, cx.stuck
  cx.is_natural, cx.is_loose, cx.is_marking = not box or nil, nil, nil
  local percent, content = search(self, cx, own, tall)
  cx.is_natural, cx.is_loose, cx.is_marking, cx.stuck = was_natural, was_loose, was_marking, stuck
  if not percent and not box and not was_loose then return nil, self end -- A page has more.
  if not percent then
    local needed = overflow.height_of(cx, self.flow, own / self.least)
    return overflow.settle(cx, self.overflow, self.place,
      needed and ("fit: at %.0f %% its blocks take %.0f points, there are %.0f"):format(self.least * 100,
        needed * self.least, tall) or ("fit: a block does not fit into %.0f by %.0f points"):format(own, tall),
      'give more height=, a smaller least=, or overflow = "mark"', own, tall)
  end
  if percent < 100 then
    overflow.note(cx, self.place, ("fit: its blocks stand at %d %% of their size, to fit into %.0f by %.0f points")
      :format(percent, own, tall))
  end
  return setmetatable({ cx = cx, width = own, height = box or content.height * percent / 100, content = content,
    scale = percent / 100 }, FitFragment)
end

local known_fit = options.define("fit", {
  width = "length", height = "length", least = "amount", overflow = overflow.kinds,
})

--- Blocks that are made smaller until they fit into a box, in steps of a hundredth. See scripts/types.
function M.fit(spec)
  options.expect(spec, "table", "fit")
  spec = options.read("fit", spec, known_fit)
  local children = block.children(spec, "fit")
  if #children == 0 then options.fail "fit: it has no blocks" end
  local least = spec.least or 0.7
  if least < 0.1 or least > 1 then options.fail(("fit: least is from 0.1 to 1, got %g"):format(least)) end
  local self = block.make(Fit, { children = children, flow = flow.new(children), width = spec.width,
    height = spec.height, least = least, overflow = spec.overflow }, spec)
  self.style = children[1].style
  return self
end

local Rotate = {}
Rotate.__index = Rotate

--- How long the lines are of content that is turned by a quarter: as asked for, else as long as it wants.
local function length_of(self, cx, height)
  if self.length then return cx:length(self.length, height < 1e6 and height or cx:frame().height) end
  local _, most = self.flow:measure(cx, 1e5)
  return math.max(1, math.min(most + 0.01, height))
end

--- The content, and its size as it was laid out.
local function lay_out(self, cx, width, height)
  local was_natural = cx.is_natural
  cx.is_natural = true
  local content, rest
  if self.angle == 180 then
    content, rest = self.flow:layout(cx, width, height)
  else
    width = length_of(self, cx, height)
    content, rest = self.flow:layout(cx, width, 1e5)
  end
  cx.is_natural = was_natural
  if rest then content = nil end
  return content, width
end

function Rotate:measure(cx, width)
  if self.angle == 180 then return self.flow:measure(cx, width) end
  local content = lay_out(self, cx, width, 1e7)
  local tall = content and content.height or 0
  return tall, tall
end

local RotateFragment = {}
RotateFragment.__index = RotateFragment

function RotateFragment:draw(canvas, x, y)
  local matrix
  if self.angle == 90 then
    matrix = { 0, 1, -1, 0, x + self.width + y, y - x }
  elseif self.angle == 270 then
    matrix = { 0, -1, 1, 0, x - y, y + self.height + x }
  else
    matrix = { -1, 0, 0, -1, 2 * x + self.width, 2 * y + self.height }
  end
  draw_mapped(self.cx, canvas, self.content, x, y, matrix)
end

function RotateFragment:locate(canvas, x, y)
  self.content:locate(canvas, x, y)
end

function Rotate:layout(cx, width, height)
  local content, long = lay_out(self, cx, width, height)
  if not content then return nil, self end
  local wide, tall = content.height, long
  if self.angle == 180 then wide, tall = width, content.height end
  if tall > height + 0.01 then return nil, self end
  if wide > width + 0.05 then
    if not cx.is_loose then return nil, self end -- A page has longer lines.
    cx:fail(("rotate: %.0f points of turned lines do not fit into a width of %.0f; make length= larger")
      :format(wide, width), self.place)
  end
  return setmetatable({ cx = cx, width = wide, height = tall, content = content, angle = self.angle }, RotateFragment)
end

local known_rotate = options.define("rotate", { angle = "integer", length = "length" })

--- Blocks that are turned by quarters. See scripts/types.
function M.rotate(spec)
  options.expect(spec, "table", "rotate")
  spec = options.read("rotate", spec, known_rotate)
  local children = block.children(spec, "rotate")
  if #children == 0 then options.fail "rotate: it has no blocks" end
  local angle = (spec.angle or -90) % 360
  if angle ~= 90 and angle ~= 180 and angle ~= 270 then
    options.fail(("rotate: angle is 90, 180 or -90 degrees, got %d"):format(spec.angle))
  end
  local self = block.make(Rotate, { children = children, flow = flow.new(children), angle = angle,
    length = spec.length }, spec)
  self.style = children[1].style
  return self
end

return M
