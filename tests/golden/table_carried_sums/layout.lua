-- Sums that one page carries to the next, and the last value of a running balance; subtotals of groups and a total. They
-- are sums of the figures as printed, a tenth ten times is one. Groups say when they go on. What repeats for the sake of
-- the page is an artifact.
local b = require "briefpress"

local rows, balance = {}, 100
for i = 1, 15 do
  local is_out = i % 3 == 0
  balance = balance + (is_out and -1.005 or 0.1)
  rows[i] = { group = "Week " .. (i - 1) // 6 + 1, what = "Entry " .. i, into = not is_out and 0.1 or nil,
    out = is_out and 1.005 or nil, balance = balance }
end

return function()
  return b.report { title = "Carried", paper = { 320, 250 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      caption = "Cash book", group = "group", subtotals = true, total = true, rows = rows,
      columns = {
        { key = "what", title = "Entry", stub = true },
        { key = "into", title = "In", decimals = 2, sum = true, carry = "sum" },
        { key = "out", title = "Out", decimals = 2, sum = true, carry = "sum" },
        { key = "balance", title = "Balance", decimals = 2, carry = "last" },
      },
    },
  }
end
