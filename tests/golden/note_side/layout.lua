-- Notes in the outer margin: on the baseline of their text; the second is pushed down by the first; a table has one too.
local b = require "briefpress"

local words = ("The park counts its firms once a year, and prints what it counts. "):rep(3)

return function()
  return b.report {
    title = "Side notes", paper = "A5", footer = false, margins = { top = 50, right = 140, bottom = 50, left = 44 },
    b.heading "Firms",
    b.side_note { "**Counted** at the end of the year, at the seat of the firm; those that are being wound up are not "
      .. "counted, nor are branches of firms that have their seat elsewhere.", b.text(words) },
    b.side_note { "Pushed down by the note above it.", b.text "A short text." },
    b.side_note { "The figures of both years are from the same register.",
      b.table { columns = { "Year", "Firms" }, rows = { { "2021", 2100 }, { "2022", 2212 } } } },
    words,
  }
end
