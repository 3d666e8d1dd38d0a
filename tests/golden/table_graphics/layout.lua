-- Bars, bullets and lines in cells, all of a column to one scale; each is a figure that says what it shows.
local b = require "briefpress"

return function()
  return b.report { title = "Graphics", paper = { 420, 160 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      columns = {
        { key = "name", title = "Name", stub = true }, { key = "loans", title = "Loans", graphic = { "bar", labels = true } },
        { key = "change", title = "Change", graphic = { "bar", color = "series.2" }, decimals = 1, unit = "%" },
        { key = "filled", title = "Filled", graphic = { "bullet", range = { 0, 100 }, target = "aim" } },
        { key = "visits", title = "Visits", graphic = "sparkline", missing = "n/a" },
      },
      rows = {
        { name = "One", loans = 46310, change = 2.5, filled = 80, aim = 75, visits = { 4, 5, 7, 6, 9 } },
        { name = "Two", loans = 21980, change = -4, filled = 55, aim = 90, visits = { 9, 7, 8, 6, 5 } },
        { name = "Three", loans = 0, change = 0, filled = 100, aim = 60 },
      },
    },
  }
end
