-- Two dots in a row, joined, in falling order; a missing value leaves one dot.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.dot {
      series = { "Women", "Men" }, sort = "falling",
      { label = "Nurses", values = { 25.8, 26.9 } }, { label = "Physicians", values = { 44.8, 52.1 } },
      { label = "Cleaners", values = { 12.9, false } },
    },
  }
end
