-- Decimal marks stand below each other: in numbers, in texts with words and units around a figure, in cells with marked-up
-- figures, in the total, which is set strong. What has no figure ends where the marks are.
local b = require "briefpress"

return function()
  return b.report { title = "Decimals", paper = { 320, 240 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      columns = { "Name", { title = "Numbers", align = "decimal" }, { title = "Others", width = 110, align = "decimal" } },
      rows = {
        { "a", 3.25, "34.8%" }, { "b", 1200, "1,748" }, { "c", "n/a", "{institutions | unit}" },
        { "d", 0.5, "**{enterprises.change}**" }, { "e", 12345.678, "more than 6.25 m" },
      },
      total = { "Total", 13549.25, "" },
    },
  }
end
