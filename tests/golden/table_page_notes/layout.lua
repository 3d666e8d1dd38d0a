-- Notes at the foot of the page from a caption and from cells; the caption that is repeated has no mark. Notes of the table
-- itself stand below its end, counted in the order of reading from the top spanner on.
local b = require "briefpress"

local rows = {}
for i = 1, 9 do rows[i] = { "Row " .. i .. (i == 3 and "^[In a cell.]" or ""), i, -i } end

return function()
  return b.report { title = "Notes", paper = { 260, 190 }, footer = false, notes = { all = "All but one." },
    margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.table { caption = "All of them[^all]", rows = rows,
      columns = { { title = "Name", note = "Third." }, "Up", { title = "Down", note = "Fourth." } },
      spanners = { { title = "Below", from = 1, to = 2, note = "Second." }, { title = "Top", from = 1, to = 3,
        note = "First." } } },
  }
end
