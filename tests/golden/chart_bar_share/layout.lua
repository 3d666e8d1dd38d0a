-- Bars of shares: each is 100 percent long.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.bar {
      share = true, series = { "Car", "Tram", "Foot" },
      { label = "Centre", values = { 18, 44, 38 } }, { label = "Hill", values = { 580, 170, 250 } },
    },
  }
end
