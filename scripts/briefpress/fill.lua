--- Space as much as is left, and page breaks where too little is.
local block = require "briefpress.block"
local options = require "briefpress.options"

local M = {}

local function nothing() end

local Fill = { is_space = "fill", space_before = 0, space_after = 0, weight = 1 }
Fill.__index = Fill

function Fill.measure()
  return 0, 0
end

--- It is no higher than nothing until the flow knows what is left.
function Fill.layout(_, _, width)
  return { width = width, height = 0, draw = nothing, locate = false }
end

--- What is left of the page, the column or the box; several share it by their weights.
---@param weight? number
function M.fill(weight)
  if weight ~= nil then
    options.expect(weight, "number", "fill: its weight")
    if weight <= 0 then options.fail("fill: its weight must be positive") end
  end
  return block.make(Fill, { weight = weight })
end

local Need = { space_before = 0, space_after = 0, measure = Fill.measure, layout = Fill.layout }
Need.__index = Need

--- Asked by the flow: true where less is left.
function Need:breaks(cx, left)
  return left < cx:length(self.height, cx:frame().height)
end

--- What follows begins a new page unless so much is left of this one.
---@param height number|string       "%" is of the page between its margins.
function M.need(height)
  options.expect(height, "length", "need")
  return block.make(Need, { height = height })
end

return M
