-- Rows stream over pages; the header is repeated, long cells wrap, groups and totals keep with their rows.
local b = require "briefpress"

local rows = {}
for i = 1, 24 do
  rows[i] = { "District " .. (i - 1) // 8 + 1, i == 5 and ("a name that goes on "):rep(6) or "Name " .. i, i * 1234.5,
    i % 2 == 0 }
end

return function()
  return b.report {
    title = "Table", paper = "A6", margins = { left = 30, right = 30, top = 40, bottom = 40 },
    b.table {
      caption = "Names by district", source = "the register",
      columns = { { title = "Name", key = 2 }, { title = "Amount", key = 3, decimals = 1 },
        { title = "Is open", key = 4 } },
      rows = rows, group = function(row) return row[1] end, total = { [2] = "All", [3] = 370350 },
    },
    b.table { columns = { "What", "How many" }, zebra = true,
      rows = { { "**National**", "{institutions_national}" }, { "Municipal", "{institutions_municipal}" } } },
  }
end
