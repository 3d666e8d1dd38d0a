-- Spanners stand in levels above the titles that they cover, units below these; a title without a spanner reaches up to
-- the top row. On the next page the whole header is an artifact.
local b = require "briefpress"

local rows = {}
for i = 1, 8 do rows[i] = { "Branch " .. i, 100 * i, 110 * i, 20 + i, 0.5 * i, i } end

return function()
  return b.report { title = "Spanners", paper = { 360, 220 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      columns = {
        { title = "Branch", stub = true }, { title = "2023", unit = "thousand" }, { title = "2024", unit = "thousand" },
        { title = "Staff", unit = "people" }, { title = "Open", unit = "hours" }, "Rank",
      },
      spanners = {
        { title = "All that was counted", from = 2, to = 5 }, { title = "Loans", from = 2, to = 3, align = "left" },
        { title = "In a week", from = 5 },
      },
      rows = rows,
    },
  }
end
