-- Lines between two times; names at both ends keep apart, one colour leads the eye.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.slope {
      x = { "2014", "2024" }, color = "muted", height = 160,
      { label = "Under 30", values = { 51, 68 }, color = "accent" }, { label = "30 to 44", values = { 38, 49 } },
      { label = "45 to 64", values = { 27, 29 } }, { label = "65 and over", values = { 26, 28.5 } },
    },
  }
end
