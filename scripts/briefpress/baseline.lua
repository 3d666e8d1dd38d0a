--- The grid of baselines of a report. Few reports have one, so blocks know nothing of it: where a report asks for it,
--- the layout of their classes is wrapped here. A text, a heading or a list item moves down until its first baseline
--- stands on the grid; what has lines of its own (tables, rows, cards, charts) and blocks of a layout are left alone.
---
--- Where a block begins follows from the height it is given, for flows give all that is left down to their lower edge,
--- which is `cx.grid_edge` (from the page's top margin); false: the block at work is on no grid.
local flow = require "briefpress.flow"

local M = {}

local wrapped = setmetatable({}, { __mode = "k" }) -- Classes, and blocks that have no class.
local EXACT = 0.005 -- Closer than this is on the grid.

--- How much lower a block of `height` must begin for a baseline at `first` from its top to stand on the grid.
local function shift_of(cx, height, first)
  local over = (cx.grid_edge - height + first - cx.grid_origin) % cx.grid
  return over > EXACT and over < cx.grid - EXACT and cx.grid - over or 0
end

--- Lines that stand on the grid.
local function wrap_lines(class)
  local plain = class.layout
  function class.layout(self, cx, width, height)
    local edge = cx.grid_edge
    if not edge then return plain(self, cx, width, height) end
    local first = self:first_baseline(cx, width)
    local shift = shift_of(cx, height, first)
    cx.grid_edge = false
    local fragment, rest = plain(self, cx, width, height - shift)
    cx.grid_edge = edge
    if fragment then fragment.shift, fragment.height = shift, fragment.height + shift end
    return fragment, rest
  end
end

--- A flow, which gives its blocks a little more than there is.
local function wrap_flow(class)
  local plain = class.layout
  function class.layout(self, cx, width, height)
    local edge = cx.grid_edge
    cx.grid_edge = edge and edge + class.slack
    local fragment, rest = plain(self, cx, width, height)
    cx.grid_edge = edge
    return fragment, rest
  end
end

--- What is on no grid.
local function wrap_other(block)
  local plain = block.layout
  block.layout = function(self, cx, width, height)
    local edge = cx.grid_edge
    cx.grid_edge = false
    local fragment, rest = plain(self, cx, width, height)
    cx.grid_edge = edge
    if rest and not wrapped[rest] and rawget(rest, "layout") and rest.layout ~= block.layout then
      wrapped[rest] = true
      wrap_other(rest)
    end
    return fragment, rest
  end
end

local function wrap(blocks)
  for i = 1, #blocks do
    local block = blocks[i]
    local class = block and (rawget(block, "layout") and block or getmetatable(block))
    if class and not wrapped[class] then
      wrapped[class] = true
      if class.first_baseline then
        wrap_lines(class)
      elseif class.slack then
        wrap_flow(class)
      elseif not class.on_grid then
        wrap_other(class)
      end
    end
    if block and block.children then wrap(block.children) end
  end
end

--- Puts a report on a grid.
---@param cx briefpress.Context
---@param grid number                Points.
---@param children briefpress.Block[]
function M.use(cx, grid, children)
  cx.grid, cx.grid_origin = grid, cx:baseline "body"
  wrap { flow.new(children) }
end

return M
