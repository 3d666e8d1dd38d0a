--- Notes in the margin, beside texts, tables and headings, on facing pages.
local b = require "briefpress"

local words = ("The town counts its trees once a year, and prints what it counts. "):rep(5)

return function()
  return b.report {
    title = "Side notes", paper = "A5", facing = true, margins = { inner = 44, outer = 140, top = 50, bottom = 50 },
    b.heading "Trees",
    b.side_note { "**Counted** at the end of the year.", b.text(words) },
    b.side_note { "Pushed down by the one above it, with a [link](https://example.org).", b.text "A short text." },
    b.side_note { "Of the table.", b.table { columns = { { title = "Year", stub = true }, "Trees" },
      rows = { { "2024", 3200 } } } },
    words, words,
    b.page_break(),
    b.side_note { "On a left-hand page.", b.text(words) },
  }
end
