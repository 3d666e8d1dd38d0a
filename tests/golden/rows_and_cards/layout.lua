-- Cards of a row share size and baseline; rows end together; grids draw hairlines; columns balance.
local b = require "briefpress"

return function()
  return b.report {
    title = "Cards", footer = false,
    b.row { b.figure "institutions", b.figure { "enterprises", change = true },
      b.figure { "projects", note = "Since 2017" } },
    b.grid { columns = 2, rules = true, b.figure "institutions_national", b.figure "institutions_municipal",
      b.figure { value = "one third", label = "Of the standards" } },
    b.row {
      align = "stretch", widths = { "1fr", "2fr" }, gap = 12,
      b.stack { padding = 8, fill = "accent_soft", "Short" },
      b.stack { padding = { x = 8, y = 4 }, border = "faint", radius = 3, ("Longer words in a box. "):rep(12) },
    },
    b.columns { count = 2, rule = true, ("Words that flow through columns. "):rep(30) },
    b.callout { title = "What it means", "A callout is set apart by a line." },
  }
end
