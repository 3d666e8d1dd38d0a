-- Rows from a function that begins anew: texts are printed as they are, blocks are drawn, sums go on, and page numbers
-- that need the table twice find it the same.
local b = require "briefpress"

local function rows()
  local i = 0
  return function()
    i = i + 1
    if i > 9 then return nil end
    return { name = i == 5 and b.text "*Marked*, for it is a block" or "*Plain* " .. i, amount = i * 0.1 }
  end
end

return function()
  return b.report { title = "Iterator", paper = { 220, 150 }, footer = false,
    margins = { top = 16, right = 16, bottom = 16, left = 16 },
    "The end is on page {page:end}.",
    b.table { rows = rows, total = true, columns = { { key = "name", title = "Name" },
      { key = "amount", title = "Amount", decimals = 1, sum = true, carry = "sum" } } },
    b.heading { "End", id = "end" },
  }
end
