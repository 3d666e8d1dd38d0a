--- Rows with a name each, for charts that stand on them: names in a column on the left, wrapped, or above the rows
--- where the chart is narrow.
local engine = require "briefpress.engine"
local labels = require "briefpress.chart.labels"
local max, min = math.max, math.min

local M = {}

local GAP = 10

--- Sets the names. Answers {left (where the rows begin), is_above, names}, of which a name may be nil: nothing of it
--- fits.
---@param items {label:string, note?:string}[]
---@param wanted? number           Width of the column, as the layout asks.
---@param least? number            What the rows need beside it.
function M.names(cx, items, width, wanted, placer, least)
  local style = cx:style "chart_label"
  local widest = 0
  for _, item in ipairs(items) do widest = max(widest, engine.text.width(style, item.label)) end
  local set = { names = {} }
  set.is_above = not wanted and (width < 200 or widest > width * 0.62
    or width - min(widest, width * 0.38) - GAP < (least or 0))
  set.width = wanted or (set.is_above and width or min(math.ceil(widest) + 1, width * 0.38))
  set.left = set.is_above and 0 or widest > 0 and set.width + GAP or 0
  for i, item in ipairs(items) do
    local paragraph, wide, height = labels.paragraph(cx, item.label, "chart_label", nil, set.width, "left", 3)
    if paragraph and item.label ~= "" then
      set.names[i] = { paragraph = paragraph, width = wide, height = height }
    elseif item.label ~= "" then
      placer:drop(item.label)
    end
  end
  return set
end

--- The rows below each other: tops[i] of the mark of row i, all of one height; answers where the last ends.
---@param tall number              Of the mark of a row.
---@param room? number             For all rows together, where the layout gives a height.
function M.stack(cx, set, count, top, tall, gap, room)
  local leading = select(2, cx:style "chart_label").leading
  if room then
    local each = room / count
    gap = max(2, each - tall - (set.is_above and leading or 0))
  end
  set.tops, set.name_tops = {}, {}
  local y = top
  for i = 1, count do
    local name = set.names[i]
    local high = name and name.height or 0
    if set.is_above then
      set.name_tops[i] = y
      set.tops[i] = y + high + (name and 1 or 0)
      y = set.tops[i] + tall
    else
      local row = max(high, tall)
      set.name_tops[i] = y + (row - high) / 2
      set.tops[i] = y + (row - tall) / 2
      y = y + row
    end
    if i < count then y = y + gap end
  end
  return y
end

--- Notes the names' boxes.
function M.take(set, placer)
  for i, top in ipairs(set.name_tops) do
    local name = set.names[i]
    if name then placer:take(0, top, name.width, name.height) end
  end
end

function M.draw(set, canvas, x, y)
  for i, top in ipairs(set.name_tops) do
    local name = set.names[i]
    if name then
      name.paragraph:layout(set.width)
      canvas:paragraph(name.paragraph, x, y + top)
    end
  end
end

return M
