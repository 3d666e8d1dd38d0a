--- A table whose rows come from a function, one at a time, with page numbers that need it twice.
local b = require "briefpress"

local function rows()
  local i = 0
  return function()
    i = i + 1
    if i > 120 then return nil end
    return { name = i % 40 == 0 and b.text "*Marked*, for it is a block" or "Plain " .. i, amount = i * 0.1 }
  end
end

return function()
  return b.report {
    title = "Streamed", paper = "A5",
    "The end is on page {page:end}.",
    b.table { rows = rows, total = true, columns = { { key = "name", title = "Name", stub = true },
      { key = "amount", title = "Amount", decimals = 1, sum = true, carry = "sum" } } },
    b.heading { "The end", id = "end" },
  }
end
