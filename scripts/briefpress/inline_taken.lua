--- Texts that were taken apart before, with others: blocks of `engine.text.markdown`. The list of placeholders is that
--- of the whole document.
local M = {}

local PLACEHOLDER = 32 -- As the engine says how a run looks.

--- Fills the placeholders that a text names, into a list of their own.
---@param cx briefpress.Context
---@param taken table
---@param fill function              As inline.lua fills one.
---@param place? string
---@return table
function M.fill(cx, taken, fill, place)
  local holes, runs, filled = taken.holes, taken.runs, { notes = taken.holes and taken.holes.notes }
  local function fill_at(at)
    if filled[at] then return end
    filled[at], filled[at + 1], filled[at + 2], filled[at + 3] =
      fill(cx, holes[at], holes[at + 1], holes[at + 2], holes[at + 3], place)
  end
  for i = 1, holes and #runs or 0, 3 do
    if runs[i + 1] & PLACEHOLDER ~= 0 then fill_at(runs[i]) end
    if runs[i + 2] then
      for number in runs[i + 2]:gmatch "\u{F8FE}(%d+)\u{F8FF}" do fill_at(tonumber(number) * 4 - 3) end
    end
  end
  return filled
end

--- True where laying a text out needs page numbers.
function M.needs_pages(taken)
  local runs, holes = taken.runs, taken.holes
  for i = 1, #runs, 3 do
    if runs[i + 1] & PLACEHOLDER ~= 0 and holes[runs[i] + 1] == "page:" then return true end
  end
  return false
end

return M
