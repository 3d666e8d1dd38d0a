--- Colours made from others: mixed, seen through, moved until they can be read.
local contrast = require "briefpress.contrast"

local M = {}

--- A colour as "#rrggbb", without its opacity.
---@return string
function M.opaque(color)
  if #color == 4 then color = color:gsub("%x", "%0%0") end
  return color:sub(1, 7)
end

--- A colour with a share of another in it, 0 to 1.
---@return string
function M.mix(color, other, share)
  color, other = M.opaque(color), M.opaque(other)
  local parts = {}
  for i = 1, 3 do
    local a = tonumber(color:sub(2 * i, 2 * i + 1), 16)
    local b = tonumber(other:sub(2 * i, 2 * i + 1), 16)
    parts[i] = math.floor(a + (b - a) * share + 0.5)
  end
  return ("#%02x%02x%02x"):format(parts[1], parts[2], parts[3])
end

--- A colour with opacity as it looks on its ground.
function M.seen_on(color, ground)
  if #color < 9 then return color end
  return M.mix(color, ground, 1 - tonumber(color:sub(8, 9), 16) / 255)
end

--- The colour nearest to one that reaches a contrast on a ground: darker, or lighter where that is nearer or the only
--- way.
---@param color string
---@param ground string
---@param needed number
---@return string
function M.nearest(color, ground, needed)
  for share = 1, 100 do
    local darker, lighter = M.mix(color, "#000000", share / 100), M.mix(color, "#ffffff", share / 100)
    if contrast.ratio(darker, ground) >= needed then return darker end
    if contrast.ratio(lighter, ground) >= needed then return lighter end
  end
  return contrast.ratio("#000000", ground) > contrast.ratio("#ffffff", ground) and "#000000" or "#ffffff"
end

return M
