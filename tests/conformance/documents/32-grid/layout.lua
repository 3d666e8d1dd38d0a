--- A grid with cells over columns and rows, rows of cards, hairlines between, boxes.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "Grid",
    b.grid {
      columns = 3, rules = true,
      b.cell { columns = 2, rows = 2, fill = "accent_soft", padding = 10,
        b.chart.line { title = "More people", data.indicators.people } },
      b.figure "people", b.figure { "trees", note = true }, b.figure { "cyclists", period = true },
      b.cell { column = 2, columns = 2, b.text "A text over two columns, with a [link](https://example.org)." },
    },
    b.row { rule = true, align = "stretch", b.figure { value = "3 of 4", label = "Goals reached" },
      b.figure { "loans", change = true, unit = true },
      b.figure { "people", compact = true } },
    b.row { align = "stretch", b.stack { padding = 10, border = "faint", radius = 6, shadow = true,
      b.heading { "A card", level = 2 }, "With a shadow." },
      b.stack { padding = 10, fill = "accent_soft", edge = "left", border = "accent", "With an edge.", b.fill(),
        "At its foot." } },
    b.row { "Left", b.fill(), "Right" },
  }
end
