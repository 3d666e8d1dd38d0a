--- Blocks in rows of equal columns: rows below each other that share their widths and the size of their figures. Cells
--- that span, and rows that have heights, are in grid_spans.lua.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"
local rows = require "briefpress.row"

local M = {}

local Grid = {}
Grid.__index = Grid

function Grid:measure(cx, width)
  return self.flow:measure(cx, width)
end

local Fragment = { is_own = true }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  if self.rule then
    canvas:begin_artifact("Layout")
    for i = 1, #self.content do
      local top = y + self.content.tops[i]
      canvas:line(x, top, x + self.width, top, { stroke = self.rule, line_width = 0.4 })
    end
    canvas:end_artifact()
  end
  self.content:draw(canvas, x, y)
end

function Fragment:locate(canvas, x, y)
  self.content:locate(canvas, x, y)
end

--- A row below a hairline: the same row, moved down.
local Ruled = {}
Ruled.__index = Ruled
local DROP = 8

function Ruled:measure(cx, width)
  return self.row:measure(cx, width)
end

local RuledFragment = { is_own = true }
RuledFragment.__index = RuledFragment
function RuledFragment:draw(canvas, x, y)
  self.part:draw(canvas, x, y + DROP)
end
function RuledFragment:locate(canvas, x, y)
  self.part:locate(canvas, x, y + DROP)
end

function Ruled:layout(cx, width, height)
  local part, rest = self.row:layout(cx, width, height - DROP)
  if not part then return nil, self end
  local more = rest and setmetatable({ row = rest, place = self.place, space_before = 0, space_after = 0 }, Ruled)
  return setmetatable({ part = part, width = width, height = part.height + DROP }, RuledFragment), more
end

function Grid:layout(cx, width, height)
  if not self.is_shared and self.share then
    self:share(cx, width)
    self.is_shared = true
  elseif not self.is_shared then
    local gap = self.gap and cx:length(self.gap, 0) or cx.theme.space.gap or 16
    rows.share_size(cx, self.children, #self.children,
      lengths.divide(self.widths, self.columns, width, gap, self.place, "grid"))
    self.is_shared = true
  end
  self.flow.gap = self.flow.gap or self.row_gap and cx:length(self.row_gap, 0) or cx.theme.space.gap or 16
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  local fragment = setmetatable({ width = width, height = content.height, content = content,
    rule = self.rules and cx:color("faint") }, Fragment)
  if not rest then return fragment end
  local more = {}
  for key, value in next, self do more[key] = value end
  more.flow, more.id = rest, nil
  return fragment, setmetatable(more, Grid)
end

local known = options.define("grid", {
  columns = "number", gap = "length", row_gap = "length", rules = "boolean", widths = "table",
  align = { "top", "middle", "bottom", "stretch" }, row_heights = "table", height = "length",
  overflow = { "error", "mark" },
})

--- Rows of cells that span nothing.
local function rows_of(spec, children, columns)
  local list = {}
  for first = 1, #children, columns do
    local part = {}
    for i = 1, columns do part[i] = children[first + i - 1] or false end
    local row = rows.new(part, { gap = spec.gap, widths = spec.widths, align = spec.align, count = columns }, "grid")
    row.is_shared = true
    list[#list + 1] = row
  end
  return list
end

local function has_spans(spec, children)
  if spec.row_heights or spec.height then return true end
  for i = 1, #children do
    if children[i].span then return true end
  end
  return false
end

function M.grid(spec)
  options.expect(spec, "table", "grid")
  spec = options.read("grid", spec, known)
  local children = block.children(spec, "grid", true)
  local columns = spec.columns or spec.widths and #spec.widths or 3
  if math.tointeger(columns) == nil or columns < 1 then
    options.fail(("grid: columns must be a whole number from 1, got %g"):format(columns))
  end
  if #children == 0 then options.fail("grid: it has no children") end
  columns = math.tointeger(columns)
  local self = block.make(Grid, { children = children, columns = columns, gap = spec.gap, row_gap = spec.row_gap,
    rules = spec.rules, widths = spec.widths }, spec)
  local list
  if has_spans(spec, children) then
    self.align, self.row_heights, self.height, self.overflow = spec.align or "top", spec.row_heights, spec.height,
      spec.overflow
    list = require("briefpress.grid_spans").bands(self, children)
  else
    list = rows_of(spec, children, columns)
  end
  for i = 1, spec.rules and #list or 0 do list[i] = block.make(Ruled, { row = list[i] }) end
  self.flow = flow.new(list)
  return self
end

return M
