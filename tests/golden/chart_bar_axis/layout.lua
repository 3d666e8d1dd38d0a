-- Upright bars whose values have no room above them have an axis; a missing value is a gap.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.bar {
      direction = "vertical", series = { "Houses", "Flats", "Conversions" }, height = 150,
      { label = "2021", values = { 1320, 140, 95 } }, { label = "2022", values = { 1290, false, 120 } },
      { label = "2023", values = { 1260, 330, 150 } }, { label = "2024", values = { 1240, 410, 210 } },
    },
  }
end
