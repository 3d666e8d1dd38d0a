--- Drawings in cells: bars, bullets, lines, charts, pictures, icons, figures, lists.
local b = require "briefpress"

return function()
  return b.report {
    title = "Cells",
    b.table {
      columns = { { key = "name", title = "Name", stub = true },
        { key = "loans", title = "Loans", graphic = { "bar", labels = true } },
        { key = "change", title = "Change", graphic = { "bar", color = "series.2" }, decimals = 1, unit = "%" },
        { key = "filled", title = "Filled", graphic = { "bullet", range = { 0, 100 }, target = "aim" } },
        { key = "visits", title = "Visits", graphic = "sparkline", missing = "n/a" } },
      rows = {
        { name = "One", loans = 46310, change = 2.5, filled = 80, aim = 75, visits = { 4, 5, 7, 6, 9 } },
        { name = "Two", loans = 21980, change = -4, filled = 55, aim = 90, visits = { 9, 7, 8, 6, 5 } },
        { name = "Three", loans = 0, change = 0, filled = 100, aim = 60 },
      },
    },
    b.table { columns = { { title = "What", stub = true }, "Cell" }, rows = {
      { "a line", b.chart.sparkline { 3, 5, 4, 8 } },
      { "a picture", b.image { "field.png", alt = "A field", height = 14 } },
      { "an icon with words", "![wave](wave.svg) waves" },
      { "an ornament", b.icon { "wave.svg", size = 12 } },
      { "a list", b.list { "one", "two" } },
      { "several texts", b.stack { "one", "two" } },
      { "a card", b.figure "people" },
    } },
  }
end
