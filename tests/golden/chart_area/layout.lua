-- Areas as shares of a whole: they fill the plot, each named at the right.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.area {
      title = "Wind overtakes coal", share = true, x = { "2019", "2020", "2021", "2022" }, height = 150,
      { label = "Coal", values = { 60, 40, 25, 10 } }, { label = "Gas", values = { 30, 35, 38, 40 } },
      { label = "Wind", values = { 10, 25, 37, 50 } },
    },
  }
end
