--- The names of series, for bars with several: a line of small swatches above the plot.
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"

local M = {}

local SWATCH, GAP, SPACE = 7, 5, 16

--- The height it takes; 0 where the series have no names.
function M.height(self, cx)
  if not self.spec.series then return 0 end
  local _, token = cx:style "chart_label"
  return token.leading + 8
end

function M.draw(self, cx, canvas, x, y, width)
  if not self.spec.series then return end
  local style, token = cx:style "chart_label"
  local baseline = y + cx:baseline "chart_label"
  local left = x
  for i, name in ipairs(self.spec.series) do
    local wide = engine.text.width(style, name)
    if left > x and left + SWATCH + GAP + wide > x + width then
      cx:fail(self.name .. ": the names of the series do not fit on a line; shorten them", self.place)
    end
    canvas:rect(left, baseline - SWATCH + 0.5, SWATCH, SWATCH, { fill = frame.color(self, cx, nil, i, true) })
    canvas:text(style, left + SWATCH + GAP, baseline, name)
    left = left + SWATCH + GAP + wide + SPACE
  end
  return token.leading
end

return M
