--- What a printer needs beyond the edge of a page: paper for the bleed, and crop marks that say where it is cut.
local M = {}

local LENGTH, CLEAR = 14, 6 -- Of a mark; its least distance from the edge, so that a cut that slips shows none.

--- The paper that is needed beyond the edges of a page.
---@param bleed number               Points.
---@param has_marks boolean
---@return number slug
function M.slug(bleed, has_marks)
  return has_marks and math.max(bleed, CLEAR) + LENGTH + CLEAR / 2 or bleed
end

--- Draws crop marks at the corners of a page, outside of its bleed.
---@param canvas engine.Page
---@param width number
---@param height number
---@param bleed number
function M.draw(canvas, width, height, bleed)
  local from = math.max(bleed, CLEAR)
  local path = {}
  local function add(x1, y1, x2, y2)
    table.move({ "M", x1, y1, "L", x2, y2 }, 1, 6, #path + 1, path)
  end
  for _, x in ipairs { 0, width } do
    add(x, -from - LENGTH, x, -from)
    add(x, height + from, x, height + from + LENGTH)
  end
  for _, y in ipairs { 0, height } do
    add(-from - LENGTH, y, -from, y)
    add(width + from, y, width + from + LENGTH, y)
  end
  canvas:begin_artifact("Page")
  canvas:path(path, { stroke = "#000000", line_width = 0.25 })
  canvas:end_artifact()
end

return M
