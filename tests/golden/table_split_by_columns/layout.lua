-- What is too wide becomes several tables below each other, each with the labels of its rows; spanners, sums and totals
-- belong to each; the source stands below the last. A layout may say where to divide.
local b = require "briefpress"

local columns, rows = { { title = "Branch", stub = true } }, {}
for year = 2013, 2024 do columns[#columns + 1] = { title = tostring(year), sum = true, unit = "loans" } end
for r = 1, 3 do
  rows[r] = { "Branch " .. r }
  for c = 2, #columns do rows[r][c] = 10000 * r + c end
end

return function()
  return b.report { title = "Split", paper = { 320, 480 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table { caption = "Loans by year", columns = columns, rows = rows, split_columns = true, total = true, source = "reports",
      spanners = { { title = "Old system", from = 2, to = 8 }, { title = "New system", from = 9, to = 13 } } },
    b.table { columns = { "Name", "A", { title = "B", break_before = true }, "C" }, rows = { { "One", 1, 2, 3 } } },
  }
end
