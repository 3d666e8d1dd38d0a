--- A table over pages: header, caption and group repeated; rows that are divided; cells that stay whole.
local b = require "briefpress"

local words = "What is counted is printed, and what is printed can be found again in the register. "
local rows = {}
for i = 1, 40 do rows[i] = { "Row " .. i, i % 7 == 0 and words:rep(4) or "short", i } end

return function()
  return b.report {
    title = "Long", paper = "A6", margins = { top = 40, right = 30, bottom = 44, left = 30 },
    b.table { caption = "Forty rows^[With a note.]", split_rows = true, rows = rows,
      columns = { { title = "Row", stub = true, width = 44 }, { title = "Words", width = "1fr" },
        { title = "Number", note = "Of the row." } } },
    b.table { repeat_header = false, rows = rows, columns = { "Row", { title = "Words", width = "1fr" }, "Number" } },
  }
end
