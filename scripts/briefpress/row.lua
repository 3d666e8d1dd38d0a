--- Blocks side by side. Widths are divided before anything is laid out, so a row never overflows; figures share one
--- size and stand on one baseline; what does not fit into the page goes on beside each other on the next. A space that
--- fills takes the width that its neighbours leave.
local block = require "briefpress.block"
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"
local max = math.max

local M = {}

local Row = {}
Row.__index = Row

function Row:gaps(cx)
  return self.gap and cx:length(self.gap, 0) or cx.theme.space.gap or 16
end

function Row:divide(cx, width)
  if self.is_by_content or self.shares then return require("briefpress.row_widths").divide(self, cx, width) end
  return lengths.divide(self.widths, self.count, width, self:gaps(cx), self.place, self.name)
end

function Row:measure(cx, width)
  local gap = self:gaps(cx)
  local least, most = gap * (self.count - 1), gap * (self.count - 1)
  for i = 1, self.count do
    local child = self.children[i]
    if child then
      local a, b = child:measure(cx, width)
      least, most = least + a, most + b
    end
  end
  return least, most
end

local Fragment = { is_own = true }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  if self.rule then
    canvas:begin_artifact("Layout")
    for i = 2, self.count do
      local at = x + self.lefts[i] - self.gap / 2
      canvas:line(at, y, at, y + self.height, { stroke = self.rule, line_width = 0.4 })
    end
    canvas:end_artifact()
  end
  local tags = self.tags -- Where it goes on: each column is read to its end before the next.
  for i = 1, self.count do
    local part = self[i]
    if part then
      local child = self.blocks[i]
      local top = y + self.drops[i]
      if child.id then self.cx:anchor(child.id, x + self.lefts[i], top) end
      if tags then canvas:begin_tag("Div", { id = tags .. "-" .. i }) end
      part:draw(canvas, x + self.lefts[i], top)
      if tags then canvas:end_tag() end
    end
  end
end

function Fragment:locate(canvas, x, y)
  for i = 1, self.count do
    local part = self[i]
    if part then
      local id, top = self.blocks[i].id, y + self.drops[i]
      if id then self.cx:anchor(id, x + self.lefts[i], top) end
      block.locate(part, canvas, x + self.lefts[i], top)
    end
  end
end

function Fragment:stretch(height)
  self.height = max(self.height, height)
  for i = 1, self.count do
    local part = self[i]
    if part and part.stretch and (self.align == "stretch" or part.fills) then
      part:stretch(self.height - (self.align == "stretch" and 0 or self.drops[i]))
    end
  end
end

--- Lets the figures of a group share the size that suits the widest of them.
---@param cx briefpress.Context
---@param blocks table        Blocks, or false where there is none.
---@param count integer
---@param widths number[]
function M.share_size(cx, blocks, count, widths)
  local least, is_below
  for i = 1, count do
    local child = blocks[i]
    if child and child.fitting_size then
      local size, below = child:fitting_size(cx, widths[(i - 1) % #widths + 1])
      least, is_below = math.min(least or size, size), is_below or below
    end
  end
  if not least then return end
  for i = 1, count do
    if blocks[i] and blocks[i].fitting_size then blocks[i].shared_size, blocks[i].shared_below = least, is_below end
  end
end

--- How far down a fragment stands in a row of a height.
function M.drop_of(align, fragment, height, baseline)
  if align == "middle" then return (height - fragment.height) / 2 end
  if align == "bottom" then return height - fragment.height end
  if fragment.baseline and baseline then return baseline - fragment.baseline end
  return 0
end

function Row:layout(cx, width, height)
  local widths, gap, count = self:divide(cx, width), self:gaps(cx), self.count
  if not self.is_shared then M.share_size(cx, self.children, count, widths) end
  local parts = setmetatable({ nil, nil, cx = cx, width = width, gap = gap, count = count, align = self.align,
    lefts = { nil, nil }, drops = { nil, nil }, blocks = self.children, rule = self.rule and cx:color("faint") },
    Fragment)
  local rests, has_rest, tallest, baseline, x = { nil, nil }, false, 0, nil, 0
  local follows = self.align == "top" or self.align == "stretch"
  local was_natural = cx.is_natural
  cx.is_natural = true -- Spaces that fill wait for the height of the row.
  for i = 1, count do
    local child = self.children[i]
    parts[i], rests[i], parts.lefts[i], parts.drops[i] = false, false, x, 0
    if child then
      cx.at = child.place or cx.at
      local fragment, rest = child:layout(cx, widths[i], height)
      if fragment == nil then
        if not cx.stuck then cx.stuck, cx.stuck_width = child, widths[i] end
        cx.is_natural = was_natural
        return nil, self
      end
      parts[i] = fragment
      if fragment then -- False: it has nothing to show.
        if rest then rests[i], has_rest = rest, true end
        tallest = max(tallest, fragment.height)
        if follows and fragment.baseline then baseline = max(baseline or 0, fragment.baseline) end
      end
    end
    x = x + widths[i] + gap
  end
  cx.is_natural = was_natural
  for i = 1, count do
    local fragment = parts[i]
    if fragment and follows and fragment.baseline then
      tallest = max(tallest, fragment.height + baseline - fragment.baseline)
    end
  end
  if tallest > height and not has_rest then return nil, self end
  for i = 1, count do
    if parts[i] then
      parts.drops[i] = M.drop_of(self.align, parts[i], tallest, baseline)
      if parts[i].stretch and (self.align == "stretch" or parts[i].fills) then
        parts[i]:stretch(tallest - parts.drops[i])
      end
    end
  end
  parts.height, parts.baseline = tallest, baseline
  if has_rest and count > 1 then self.tag = self.tag or cx:unique "row" end
  if has_rest or self.is_rest then parts.tags = self.tag end
  if not has_rest then return parts end
  return parts, setmetatable({ children = rests, count = count, gap = self.gap, widths = self.widths, name = self.name,
    align = self.align, rule = self.rule, place = self.place, is_shared = true, is_rest = true, tag = self.tag,
    space_before = 0,
    shares = self.is_by_content and widths or self.shares, space_after = self.space_after }, Row)
end

--- A row of the library itself.
function M.new(children, spec, name)
  local is_by_content
  for i = 1, #children do
    if children[i] and children[i].is_space == "fill" then is_by_content = true end
  end
  for i = 1, spec.widths and #spec.widths or 0 do
    if spec.widths[i] == "auto" then is_by_content = true end
  end
  return block.make(Row, { children = children, count = spec.count or #children, gap = spec.gap, widths = spec.widths,
    align = spec.align or "top", rule = spec.rule, name = name or "row", is_by_content = is_by_content }, spec)
end

local known = options.define("row", { gap = "length", widths = "table", rule = "boolean",
  align = { "top", "middle", "bottom", "stretch" } })

function M.row(spec)
  options.expect(spec, "table", "row")
  spec = options.read("row", spec, known)
  local children = block.children(spec, "row", true)
  if #children == 0 then options.fail("row: it has no children") end
  if spec.widths and #spec.widths ~= #children then
    options.fail(("row: %d widths for %d children"):format(#spec.widths, #children))
  end
  return M.new(children, spec)
end

return M
