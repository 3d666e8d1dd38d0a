-- Sparklines in cells of a table: a line with its last value marked, bars, a band of what is normal.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.table {
      columns = { { title = "Figure" }, { title = "Ten years", width = 90 } },
      rows = {
        { "Passengers", b.chart.sparkline { { 27, 28, 28, 29, 30, 31, 17, 20, 26, 32 } } },
        { "Loans", b.chart.sparkline { form = "bars", { 9, 8, 8, -2, 7, false, 4, 5, 6, 7 } } },
        { "Level", b.chart.sparkline { band = { 3, 6 }, { 4, 5, 4, 7, 8, 5, 4, 3, 2, 4 } } },
      },
    },
  }
end
