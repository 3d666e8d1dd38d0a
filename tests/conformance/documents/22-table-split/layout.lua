--- A table too wide for the page, which becomes several below each other.
local b = require "briefpress"

local columns, rows = { { title = "Branch", stub = true, width = 60 } }, {}
for year = 2008, 2024 do columns[#columns + 1] = { title = tostring(year), break_before = year == 2016 or nil } end
for i = 1, 12 do
  rows[i] = { "Branch " .. i }
  for column = 2, #columns do rows[i][column] = i * 100 + column end
end

return function()
  return b.report {
    title = "Wide", paper = "A5",
    b.table { caption = "All years", split_columns = true, columns = columns, rows = rows },
  }
end
