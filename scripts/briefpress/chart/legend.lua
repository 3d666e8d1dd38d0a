--- The names of series above a plot, where they cannot stand at what they name: a swatch and the name each, in as
--- many lines as they need. A name longer than the plot is wide is cut.
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"

local M = {}

local SWATCH, GAP, SPACE, FOOT = 7, 5, 16, 8
M.FOOT = FOOT -- Of its height, what is empty at its foot.

--- Lays out entries; answers what `M.paint` draws, and the height.
---@param entries {label:string, color:string, kind?:"mark"|"line", shape?:string, dash?:number[]}[]
---@param width number
---@return table laid
---@return number height
function M.lay(cx, entries, width)
  local style, token = cx:style "chart_label"
  local laid = { style = style, height = 0 }
  local left, row = 0, 0
  for i, entry in ipairs(entries) do
    local swatch = entry.kind == "line" and 14 or SWATCH
    local label = entry.label
    local wide = engine.text.width(style, label)
    if swatch + GAP + wide > width then
      label = require("briefpress.chart.labels").cut(style, label, width - swatch - GAP)
      wide = engine.text.width(style, label)
    end
    if left > 0 and left + swatch + GAP + wide > width then left, row = 0, row + 1 end
    laid[i] = { entry = entry, label = label, left = left, row = row, swatch = swatch, width = wide }
    left = left + swatch + GAP + wide + SPACE
  end
  laid.height = #entries > 0 and (row + 1) * token.leading + FOOT or 0
  laid.leading = token.leading
  return laid, laid.height
end

--- Draws it with its top left corner at x, y.
function M.paint(cx, canvas, laid, x, y)
  local first = y + cx:baseline "chart_label"
  for _, part in ipairs(laid) do
    local entry, left, baseline = part.entry, x + part.left, first + part.row * laid.leading
    if entry.kind == "line" then
      canvas:line(left, baseline - SWATCH / 2 + 0.5, left + part.swatch, baseline - SWATCH / 2 + 0.5,
        { stroke = entry.color, line_width = 1.6, dash = entry.dash or nil })
    elseif entry.kind == "mark" then
      require("briefpress.chart.colors").mark(canvas, entry.shape, left + SWATCH / 2, baseline - SWATCH / 2 + 0.5,
        SWATCH - 0.5,
        entry.color, cx:color "paper")
    else
      canvas:rect(left, baseline - SWATCH + 0.5, SWATCH, SWATCH, { fill = entry.color })
    end
    canvas:text(laid.style, left + part.swatch + GAP, baseline, part.label)
  end
end

--- The legend of bars with several values each: the height it takes; 0 where the series have no names.
function M.height(self, cx, width)
  if not self.series_names or self.hides_names then return 0, nil end
  local entries = {}
  for i, name in ipairs(self.series_names) do
    entries[i] = { label = name, color = frame.color(self, cx, nil, i, true) }
  end
  local laid, height = M.lay(cx, entries, width)
  return height, laid
end

return M
