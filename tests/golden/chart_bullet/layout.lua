-- What is, what is aimed at, and grounds for poor, fair and good, on one scale.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.bullet {
      { label = "Electric buses", value = 40, target = 35, ranges = { 20, 35, 50 } },
      { label = "Trees planted", value = 17, target = 28, ranges = { 14, 28, 50 } },
    },
  }
end
