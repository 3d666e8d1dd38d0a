--- The ledger of figures: every indicator value that is printed, with its raw value, source and format, and the boxes
--- where it stands. Text carries an entry's number as the mark of its span; charts and cards note the box themselves.
local M = {}

-- An entry holds what differs each time a figure is printed; what its indicator says is read from there when asked for.
local Entry = {}

function Entry.__index(entry, field)
  local indicator = entry.indicator
  local seen = rawget(entry, "seen") or indicator -- The indicator itself speaks of its newest observation.
  if field == "source" then
    local source = seen.source
    return source and source.id or ""
  end
  if field == "formula" then return seen.derived and indicator.formula or "" end
  if field == "value" or field == "period" or field == "locator" then return seen[field] end
  if field == "id" or field == "unit" then return indicator[field] end
end

--- The observation of a period; nil where there is none.
---@param indicator engine.Indicator
---@param period string
---@return engine.Observation?
local function observation(indicator, period)
  for _, seen in ipairs(indicator:series()) do
    if seen.period == period then return seen end
  end
end

M.observation = observation

--- Notes that a figure was formatted for print; answers its mark. An entry has id, value, unit, period, source (its
--- id), locator and formula of the indicator, and format, printed, place and boxes (nil: it was not drawn).
---@param cx briefpress.Context
---@param indicator engine.Indicator
---@param printed string
---@param format? string            The options it was printed with.
---@param place? string
---@param period? string            That of the observation printed; the newest when left out.
---@return integer mark
function M.enter(cx, indicator, printed, format, place, period)
  local ledger = cx.ledger
  local mark = #ledger + 1
  ledger[mark] = setmetatable({ indicator = indicator, format = format or "", printed = printed,
    place = place or cx.at, seen = period and observation(indicator, period) }, Entry)
  return mark
end

--- Notes the page of an entry for a glossary: `cx.figure_pages` are those of this pass by indicator.
---@param cx briefpress.Context
---@param mark integer
function M.note(cx, mark)
  local seen = cx.figure_pages
  if seen.pass ~= cx.pass then
    cx.figures_known, seen = seen, { pass = cx.pass }
    cx.figure_pages = seen
  end
  local id = cx.ledger[mark].indicator.id
  local pages = seen[id] or {}
  seen[id], pages[cx.page] = pages, true
end

--- Notes where an entry was drawn; points from the page's top left corner.
---@param cx briefpress.Context
---@param mark integer
function M.drawn(cx, mark, x, y, width, height)
  if cx.figure_pages then M.note(cx, mark) end
  if not cx.sheet then return end
  local entry = cx.ledger[mark]
  if cx.map then -- What is scaled or turned stands elsewhere (fit.lua).
    local x1, y1 = cx.map(x, y)
    local x2, y2 = cx.map(x + width, y + height)
    x, y, width, height = math.min(x1, x2), math.min(y1, y2), math.abs(x2 - x1), math.abs(y2 - y1)
  end
  local box, boxes = { page = cx.page, x = x, y = y, width = width, height = height }, entry.boxes
  if boxes then boxes[#boxes + 1] = box else entry.boxes = { box } end
end

return M
