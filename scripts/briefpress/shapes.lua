--- Paths that are clipped with: what the canvas has as a shape to paint.
local M = {}

local BEND = 0.5522847498307936 -- Of a cubic curve for a quarter of a circle.

--- A rectangle with round corners; the radius is at most half of its shorter side.
---@param x number
---@param y number
---@param width number
---@param height number
---@param radius number
---@return (string|number)[]
function M.rounded(x, y, width, height, radius)
  local r = math.max(0, math.min(radius, width / 2, height / 2))
  if r == 0 then return { "R", x, y, width, height } end
  local right, bottom, b = x + width, y + height, r * (1 - BEND)
  return {
    "M", x + r, y, "L", right - r, y, "C", right - b, y, right, y + b, right, y + r,
    "L", right, bottom - r, "C", right, bottom - b, right - b, bottom, right - r, bottom,
    "L", x + r, bottom, "C", x + b, bottom, x, bottom - b, x, bottom - r,
    "L", x, y + r, "C", x, y + b, x + b, y, x + r, y, "Z",
  }
end

return M
