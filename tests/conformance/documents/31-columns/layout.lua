--- Columns with headings over all of them, lists and tables in them, over pages.
local b = require "briefpress"

local words = ("The town counts its trees once a year, and prints what it counts. "):rep(9)

return function()
  return b.report {
    title = "Columns", paper = "A5",
    b.columns {
      rule = true, b.heading "One", b.text { words, align = "justify" }, b.list { "an item", "and another" },
      b.span { b.heading { "Over all columns", level = 2 } },
      words, b.table { columns = { { title = "A", stub = true }, "B" }, rows = { { 1, 2 } } },
        b.text "A note^[In a column.]", words, words,
      b.chart.bar { title = "Novels lead", "novels", "others" }, words,
    },
    b.columns { count = 3, gap = 10, words },
  }
end
