--- Dots that lead the eye over a line, to what stands at its right end.
local M = {}

local GAP = 6 -- Between the dots and the words on both sides.

--- Draws dots; none where there is hardly room. Those of lines with the same edge stand below each other.
---@param canvas engine.Page
---@param from number                Where the words before them end.
---@param to number                  Where those behind them begin.
---@param baseline number
---@param color string
---@param edge? number               The right edge of all such lines; `to` when left out.
function M.draw(canvas, from, to, baseline, color, edge)
  from, to = from + GAP, to - GAP
  if to - from <= 8 then return end
  canvas:begin_artifact("Layout")
  canvas:line(from, baseline - 0.4, to, baseline - 0.4,
    { stroke = color, line_width = 0.8, dash = { 0, 4 }, cap = "round", dash_phase = -(((edge or to) - from) % 4) % 4 })
  canvas:end_artifact()
end

return M
