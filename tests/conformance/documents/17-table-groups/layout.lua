--- Rows in groups with headings and sums, a total, sums that a page carries to the next.
local b = require "briefpress"

local rows, balance = {}, 100
for i = 1, 30 do
  balance = balance + (i % 3 == 0 and -1.005 or 0.1)
  rows[i] = { group = "Week " .. (i - 1) // 6 + 1, what = "Entry " .. i, into = i % 3 ~= 0 and 0.1 or nil,
    out = i % 3 == 0 and 1.005 or nil, balance = balance }
end

return function()
  return b.report {
    title = "Groups", paper = "A6", margins = { top = 40, right = 30, bottom = 44, left = 30 },
    b.table {
      caption = "Cash book", group = "group", subtotals = true, total = true, rows = rows,
      columns = { { key = "what", title = "Entry", stub = true },
        { key = "into", title = "In", decimals = 2, sum = true, carry = "sum" },
        { key = "out", title = "Out", decimals = 2, sum = true, carry = "sum", negative = "parentheses" },
        { key = "balance", title = "Balance", decimals = 2, carry = "last" } },
    },
    b.table { group = 1, rules = "groups", columns = { "Kind", "Name" },
      rows = { { "a", "one" }, { "a", "two" }, { "b", "three" } } },
  }
end
