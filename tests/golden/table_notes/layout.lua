-- Marks in the order of reading: spanners, titles, then row by row; the same note has the same mark. They stand before
-- what is aligned right, so that figures end below each other, else behind it. The notes stand below the table.
local b = require "briefpress"

return function()
  return b.report { title = "Notes", paper = { 340, 290 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      columns = {
        { title = "Place", stub = true, width = 80 }, { title = "First", note = "Provisional.", width = 60 },
        { title = "Second", width = 60, cell_note = function(value) return value == 0 and "Less than half of one." end },
        { title = "Third", align = "center" },
      },
      spanners = { { title = "Counted", from = 2, to = 3, note = "On 1 March." } },
      rows = {
        { { "Harbour", note = "With the islands, which were counted a day later." }, 120, 0, "some" },
        { { "A place with a name that wraps", note = "Provisional." }, { 1350, note = "Provisional." }, 7, { "*all*",
          note = "Of those asked." } },
        { "**Old** town", 20, 0, { "none", note = "Provisional." } },
      },
      notes = { "Figures may not add up, for they are rounded." }, source = "the register",
    },
    b.table { columns = { "A", "B" }, note_marks = "symbols", rows = { { { "a", note = "One." }, { "b", note = "Two." } } } },
    b.table { columns = { "A", "B" }, note_marks = "numbers", rows = { { { "a", note = "One." }, { "b", note = "Two." } } } },
  }
end
