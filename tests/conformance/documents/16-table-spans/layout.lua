--- Spanners in levels over the titles, cells over columns and rows, notes with marks in cells, titles and spanners.
local b = require "briefpress"

return function()
  return b.report {
    title = "Spans",
    b.table {
      caption = "Branches", note_marks = "numbers",
      columns = { { title = "Branch", stub = true }, { title = "2023", unit = "thousand" },
        { title = "2024", unit = "thousand", note = "Until November." }, { title = "Staff" },
          { title = "Open", unit = "hours" } },
      spanners = { { title = "All that was counted", from = 2, to = 5 },
        { title = "Loans", from = 2, to = 3, align = "left", note = "Of books." },
          { title = "In a week", from = 5 } },
      rows = {
        { "Market", 46.3, { 48.1, note = "Estimate." }, 12, 48 },
        { "Station", { "not counted", columns = 2 }, 4, 30 },
        { { "Hill", rows = 2 }, 20, 21, { 7, rows = 2, fill = "accent_soft" }, 36 },
        { "", 19, 18, "", 20 },
        { { "All of them, in the words of the register", columns = 5, italic = true } },
      },
    },
  }
end
