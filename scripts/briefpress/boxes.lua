--- `--boxes`: the frame of each block of a flow, with a small tab that tells what it is and the layout's line that
--- made it. Loaded only where it is asked for.
local M = {}

local COLOR, TAB, SIZE = "#d03070", 6, 4.6

--- What the tab says: "table 12", or the line alone of a block of one's own; nothing of what the library made itself.
local function label(block)
  local line = block.place and block.place:match ":(%d+)$"
  if not line then return nil end
  return block.boxed_as and block.boxed_as .. " " .. line or line
end

---@param cx briefpress.Context
---@param canvas engine.Page
---@param block briefpress.Block
---@param fragment briefpress.Fragment
---@param x number
---@param y number
function M.draw(cx, canvas, block, fragment, x, y)
  local width, text = fragment.width, label(block)
  canvas:begin_artifact("Layout")
  canvas:rect(x, y, width, fragment.height, { stroke = COLOR .. "80", line_width = 0.25 })
  if text and fragment.height > 0 then
    local style = cx:style("caption", { size = SIZE, leading = TAB, color = "#ffffff" })
    local wide = require("briefpress.engine").text.width(style, text) + 4
    canvas:rect(x + width - wide, y, wide, TAB, { fill = COLOR .. "d0" })
    canvas:text(style, x + width - 2, y + TAB - 1.4, text, "right")
  end
  canvas:end_artifact()
end

return M
