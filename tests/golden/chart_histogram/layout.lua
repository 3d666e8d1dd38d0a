-- Intervals of a round width, and a line at the median.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.histogram {
      median = true, height = 150, x_axis = { title = "Minutes" },
      { 4, 8, 11, 12, 14, 15, 17, 18, 18, 21, 22, 22, 23, 25, 26, 27, 31, 32, 34, 38, 41, 47, 55 },
    },
  }
end
