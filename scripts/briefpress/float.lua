--- Floats: blocks that leave the flow for the top or the foot of a page, or a page of their own. In the flow stands a
--- call without any height; what it calls is placed by page_floats.lua, and drawn and tagged where it is called, as
--- long as both stand on one page.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local options = require "briefpress.options"

local M = {}

local Float = { is_space = "place", space_before = 0, space_after = 0 }
Float.__index = Float

function Float.measure()
  return 0, 0
end

local Call = { width = 0, height = 0 }
Call.__index = Call

--- `placed` is what page_floats.lua found for it: a fragment, and where it stands from the corner of the flow. What
--- comes to stand on a later page keeps its place in the order of reading.
function Call:draw(canvas)
  local placed, float = self.placed, self.float
  if placed then
    float.tag = nil
    placed:draw(canvas)
  else
    float.tag = float.tag or float.cx:unique "float"
    canvas:reserve_tag(float.tag)
  end
end

function Call:locate(canvas)
  local floating, placed = self.float.cx.floating, self.placed
  if floating then
    floating[#floating + 1] = self
  elseif placed then
    placed:locate(canvas)
  end
end

function Float:layout(cx)
  self.cx = cx
  if not cx.floats then cx.floats = { queue = {} } end
  return setmetatable({ float = self }, Call)
end

--- What it holds, as high as it is at a width; more than `height` is an error.
---@param cx briefpress.Context
---@param width number
---@param height number              Of a page.
---@return briefpress.Fragment
function Float:content(cx, width, height)
  local grid = cx.grid_edge
  cx.grid_edge, cx.at = false, self.place
  local fragment, rest = self.flow:layout(cx, width, 1e6)
  cx.grid_edge = grid
  if not fragment or rest or fragment.height > height then
    cx:fail(("float: a block of %.0f points is higher than the page, which has %.0f; floats are not split: make it"
      .. " lower, or leave b.float out")
      :format(fragment and fragment.height or 1e6, height), self.place)
  end
  return fragment
end

local known = options.define("float", { at = { "top", "bottom", "page" } })

--- See scripts/types/pages.lua.
---@param spec briefpress.options.float
function M.float(spec)
  options.expect(spec, "table", "float")
  spec = options.read("float", spec, known)
  local children = block.children(spec, "float", true)
  if #children == 0 then options.fail("float: it has no block") end
  local self = block.make(Float, { children = children, flow = flow.new(children), at = spec.at or "top" }, spec)
  self.anchor, self.id = spec.id, nil -- Its name is where it stands, not where it is called.
  self.space_before, self.space_after = 0, 0
  return self
end

return M
