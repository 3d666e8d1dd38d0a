--- Text in columns side by side, balanced: the least height at which all of it fits. What is more than a page holds
--- fills the page and goes on. What spans the columns parts those above it from those below.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"

local M = {}

local Columns = { on_grid = true, is_open = true }
Columns.__index = Columns

function Columns:measure(cx, width)
  local gap = self.gap and cx:length(self.gap, 0) or cx.theme.space.gap or 16
  local least, most = self.flow:measure(cx, width)
  return least * self.count + gap * (self.count - 1), most * self.count + gap * (self.count - 1)
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  if self.rule then
    canvas:begin_artifact("Layout")
    for i = 2, #self do
      local at = x + (i - 1) * (self.column + self.gap) - self.gap / 2
      canvas:line(at, y, at, y + self.height, { stroke = self.rule, line_width = 0.4 })
    end
    canvas:end_artifact()
  end
  for i, part in ipairs(self) do part:draw(canvas, x + (i - 1) * (self.column + self.gap), y) end
end

function Fragment:locate(canvas, x, y)
  for i = 1, #self do self[i]:locate(canvas, x + (i - 1) * (self.column + self.gap), y) end
end

--- Fills the columns at a height; answers the fragments, the tallest and what is left.
local function fill(self, cx, width, height)
  local parts, tallest, rest = {}, 0, self.flow
  for i = 1, self.count do
    if not rest then break end
    local part
    part, rest = rest:layout(cx, width, height)
    if not part then break end
    parts[i] = part
    tallest = math.max(tallest, part.height)
  end
  return parts, tallest, rest
end

function Columns:layout(cx, width, height)
  local gap = self.gap and cx:length(self.gap, 0) or cx.theme.space.gap or 16
  local column = lengths.divide(nil, self.count, width, gap, self.place, "columns")[1]
  local edge = cx.grid_edge -- Of a column it is as high as the column is tried.
  local parts, tallest, rest = fill(self, cx, column, height)
  if #parts == 0 then return nil, self end
  if not rest then
    if edge then cx.grid_edge = edge - height + 1e7 end
    local whole = self.flow:layout(cx, column, 1e7)
    local low, high = (whole and whole.height or tallest) / self.count * 0.9, tallest
    while high - low > 0.5 do
      local middle = (low + high) / 2
      if edge then cx.grid_edge = edge - height + middle end
      local trial, tall, left = fill(self, cx, column, middle)
      if left or #trial == 0 then low = middle else parts, tallest, high = trial, tall, math.min(middle, tall) end
    end
    cx.grid_edge = edge
    cx.stuck = nil -- Trials that were too low stuck for a while.
  end
  parts.width, parts.height, parts.column, parts.gap = width, tallest, column, gap
  parts.rule = self.rule and cx:color("faint")
  setmetatable(parts, Fragment)
  if not rest then return parts end
  local more = {}
  for key, value in next, self do more[key] = value end
  more.flow, more.id, more.space_before = rest, nil, 0
  return parts, setmetatable(more, Columns)
end

local known_span = options.define("span", { gap = "length" })

--- Blocks as wide as all columns together.
function M.span(spec)
  spec = options.read("span", spec, known_span)
  local children = block.children(spec, "span")
  if #children == 0 then options.fail "span: it has no blocks" end
  local self = require("briefpress.stack").new(children, { id = spec.id, space_before = spec.space_before,
    space_after = spec.space_after, keep_with_next = spec.keep_with_next },
    spec.gap and lengths.points(spec.gap, 0))
  self.spans_columns = true
  if children[#children].keep_with_next and self.keep_with_next == nil then self.keep_with_next = true end
  return self
end

--- Columns above and below what spans them, as one flow.
local function new_parted(children, spec, count)
  local parts, some = {}, {}
  local function end_columns()
    if #some == 0 then return end
    local part = block.make(Columns, { children = some, flow = flow.new(some), count = count, gap = spec.gap,
      rule = spec.rule })
    part.style = some[1].style
    parts[#parts + 1], some = part, {}
  end
  for _, child in ipairs(children) do
    if child.spans_columns then
      end_columns()
      parts[#parts + 1] = child
    else
      some[#some + 1] = child
    end
  end
  end_columns()
  local self = flow.new(parts)
  self.space_before, self.space_after = parts[1].space_before, parts[#parts].space_after
  self.style = parts[1].style
  self.place = require("briefpress.engine").caller()
  return block.common(self, spec)
end

local known = options.define("columns", { count = "number", gap = "length", rule = "boolean" })

function M.columns(spec)
  options.expect(spec, "table", "columns")
  spec = options.read("columns", spec, known)
  local count = math.tointeger(spec.count or 2)
  if not count or count < 1 then options.fail("columns: count must be a whole number from 1") end
  local children = block.children(spec, "columns")
  for i = 1, #children do
    if children[i].spans_columns then return new_parted(children, spec, count) end
  end
  return block.make(Columns, { children = children, flow = flow.new(children), count = count, gap = spec.gap,
    rule = spec.rule }, spec)
end

return M
