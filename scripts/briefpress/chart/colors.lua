--- Colours of series: the theme's, or where it has none those of Okabe and Ito ("Color Universal Design", 2008;
--- without its yellow, which paper swallows), which people with each kind of colour vision tell apart. In grey, lines
--- that cross are told apart by dashes, points by their shapes.
local contrast = require "briefpress.contrast"

local M = {}

M.okabe_ito = { "#0072b2", "#d55e00", "#009e73", "#e69f00", "#56b4e9", "#cc79a7", "#000000" }

--- Dashes of lines; the first is none.
M.dashes = { false, { 4, 2 }, { 1.2, 1.8 }, { 6, 2, 1.2, 2 }, { 2.5, 1.5 }, { 8, 2.5 } }

--- Shapes of points, in the order that series take them.
M.shapes = { "circle", "square", "triangle", "diamond", "ring", "cross" }

--- The colour of series `i`.
---@param cx briefpress.Context
---@param i integer
---@param own? string              What the layout asks for instead.
---@return string
function M.series(cx, i, own)
  if own then return cx:color(own) end
  local list = cx.theme.colors.series
  if type(list) ~= "table" or #list == 0 then list = M.okabe_ito end
  return list[(i - 1) % #list + 1]
end

--- How many colours there are before they repeat.
function M.count(cx)
  local list = cx.theme.colors.series
  return type(list) == "table" and #list > 0 and #list or #M.okabe_ito
end

--- A colour with an opacity, 0 to 1.
---@param color string             "#rgb" or "#rrggbb".
---@return string
function M.faded(color, opacity)
  if #color == 4 then color = color:gsub("%x", "%0%0") end
  return ("%s%02x"):format(color:sub(1, 7), math.floor(opacity * 255 + 0.5))
end

--- True where two colours printed in grey are hard to tell apart.
function M.are_alike_in_grey(a, b)
  return contrast.ratio(a:sub(1, 7), b:sub(1, 7)) < 1.7
end

--- The colour for words in the colour of a series on paper: itself, or the text's where it is too pale to read.
function M.of_words(cx, color)
  return contrast.ratio(color:sub(1, 7), cx:color "paper") >= 4.5 and color or cx:color "text"
end

--- Draws a mark of a shape with its middle at x, y; `size` is that of a circle's diameter.
function M.mark(canvas, shape, x, y, size, color, paper)
  local r = size / 2
  if shape == "square" then
    canvas:rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, { fill = color })
  elseif shape == "triangle" then
    canvas:path({ "M", x, y - r * 1.15, "L", x + r * 1.1, y + r * 0.85, "L", x - r * 1.1, y + r * 0.85, "Z" },
      { fill = color })
  elseif shape == "diamond" then
    canvas:path({ "M", x, y - r * 1.25, "L", x + r * 1.25, y, "L", x, y + r * 1.25, "L", x - r * 1.25, y, "Z" },
      { fill = color })
  elseif shape == "ring" then
    canvas:circle(x, y, r * 0.8, { fill = paper, stroke = color, line_width = size / 5 })
  elseif shape == "cross" then
    local a = r * 0.8
    canvas:path({ "M", x - a, y - a, "L", x + a, y + a, "M", x - a, y + a, "L", x + a, y - a },
      { stroke = color, line_width = size / 4 })
  else
    canvas:circle(x, y, r, { fill = color })
  end
end

return M
