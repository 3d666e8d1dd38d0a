--- Asks what was laid out, before it is known that it stays so, for something that it holds: marks of notes, floats. It
--- is located as in a pass that draws nothing, and leaves no trace of that.
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"

local M = {}

--- Lets all that a fragment holds add to a list, which is `cx[channel]` meanwhile; headings add themselves too.
---@param cx briefpress.Context
---@param fragment briefpress.Fragment
---@param channel string
---@return table list
function M.gather(cx, fragment, channel)
  local list = {}
  local kept = { cx.places, cx.facts, cx.section, cx.sheet, cx.is_dry, cx.at }
  cx.places, cx.facts, cx.sheet, cx.is_dry = {}, { section = "", top = 0, heads = list }, nil, true
  cx[channel] = list
  block.locate(fragment, canvases.dry(0, 0, cx.page), 0, 0)
  cx.places, cx.facts, cx.section, cx.sheet, cx.is_dry, cx.at = table.unpack(kept, 1, 6)
  cx[channel] = nil
  return list
end

return M
