--- Lengths: points, or text with a unit ("20mm", "2cm", "1in", "12pt", "50%", "2fr"), and the division of a width.
local fail = require("briefpress.options").fail

local M = {}

local units = { pt = 1, mm = 72 / 25.4, cm = 72 / 2.54, ["in"] = 72, pc = 12 }

--- Reads a length into a number and its unit ("pt", "%" or "fr"); text that is none is an error.
---@param length number|string
---@param place? string
---@return number value
---@return string unit
function M.parse(length, place)
  if type(length) == "number" then
    if length - length ~= 0 then fail("a length must be finite", place) end
    return length, "pt"
  end
  local number, unit = tostring(length):match("^%s*(%-?%d*%.?%d+)%s*(%a*%%?)%s*$")
  number = tonumber(number)
  if number and unit == "" then
    fail(('"%s" is no length; a text needs a unit ("%gpt"), points are a number (%g)'):format(length, number, number),
      place)
  end
  if number and (unit == "%" or unit == "fr") then return number, unit end
  if not number or not units[unit] then
    fail(('"%s" is no length; write points, or "20mm", "2cm", "1in", "50%%", "2fr"'):format(tostring(length)), place)
  end
  return number * units[unit], "pt"
end

--- A length in points. "%" is of `whole`; "1fr" is all of it.
---@param length number|string
---@param whole number
---@param place? string
---@return number
function M.points(length, whole, place)
  if type(length) == "number" and length - length == 0 then return length end
  local value, unit = M.parse(length, place)
  if unit == "%" then return whole * value / 100 end
  if unit == "fr" then return whole end
  return value
end

--- Divides `width` among `count` columns with `gap` between them. Points and percent are taken first, then shares
--- ("fr") get what is left; without any share the columns keep their widths. More than there is, is an error.
---@param widths (number|string)[]?  nil: equal shares.
---@param count integer
---@param width number
---@param gap number
---@param place? string
---@param what? string                For the message: "row", "table".
---@return number[]
function M.divide(widths, count, width, gap, place, what)
  local result = {}
  local free = width - gap * (count - 1)
  if free <= 0 then
    fail(("%s: %d columns with gaps of %g points do not fit into %.0f points; give it fewer, or a smaller gap")
      :format(what or "row", count, gap, width), place)
  end
  if not widths then
    for i = 1, count do result[i] = free / count end
    return result
  end
  if #widths ~= count then
    fail(("%s: %d widths for %d columns"):format(what or "row", #widths, count), place)
  end
  local left, shares = free, 0
  for i = 1, count do
    local value, unit = M.parse(widths[i], place)
    if value <= 0 then fail(("%s: width %d must be positive"):format(what or "row", i), place) end
    if unit == "fr" then
      shares = shares + value
    else
      result[i] = unit == "%" and free * value / 100 or value
      left = left - result[i]
    end
  end
  if left < -0.01 or (shares > 0 and left < 1) then
    fail(('%s: the widths make %.0f points, there are %.0f; "1fr" is a share of what is left'):format(what or "row",
      free - left, free), place)
  end
  for i = 1, count do
    if not result[i] then result[i] = left * M.parse(widths[i], place) / shares end
  end
  return result
end

return M
