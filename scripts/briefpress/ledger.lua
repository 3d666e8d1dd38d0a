--- The ledger of figures: every indicator value that is printed, with its raw value, source and format, and the boxes
--- where it stands. Text carries an entry's number as the mark of its span; charts and cards note the box themselves.
local M = {}

--- Notes that a figure was formatted for print; answers its mark.
---@param cx briefpress.Context
---@param indicator engine.Indicator
---@param printed string
---@param format? string            The options it was printed with.
---@param place? string
---@return integer mark
function M.enter(cx, indicator, printed, format, place)
  local ledger = cx.ledger
  local source = indicator.source
  local mark = #ledger + 1
  ledger[mark] = {
    id = indicator.id, value = indicator.value, unit = indicator.unit, period = indicator.period,
    source = source and source.id or "", locator = indicator.locator,
    formula = indicator.derived and indicator.formula or "",
    format = format or "", printed = printed, place = place or cx.at, boxes = {},
  }
  return mark
end

--- Notes where an entry was drawn; points from the page's top left corner.
---@param cx briefpress.Context
---@param mark integer
function M.drawn(cx, mark, x, y, width, height)
  if not cx.sheet then return end
  local boxes = cx.ledger[mark].boxes
  boxes[#boxes + 1] = { page = cx.page, x = x, y = y, width = width, height = height }
end

return M
