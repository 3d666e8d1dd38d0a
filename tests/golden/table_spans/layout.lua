-- Cells over several columns and rows. Rows that a cell covers stay on one page; the last of them grows where the cell is
-- higher; hairlines stop at it. Structure says what is covered.
local b = require "briefpress"

return function()
  return b.report { title = "Spans", paper = { 300, 205 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      columns = { { title = "District", width = 70, stub = true }, "Branch", "Loans", "Visits" },
      rows = {
        { { "North", rows = 2 }, "Lime Street", 17420, 30110 },
        { nil, "Orchard", 14660, 28090 },
        { { "South, where all was closed for years", rows = 2, fill = "accent_soft" }, "Mill", { "not counted", columns = 2 } },
        { nil, "Weir", 11290, 20400 },
        { { "East", rows = 2 }, "Tannery", 13870, 19990 },
        { nil, "Riverside", { 12940, weight = 600, color = "accent" }, 18020 },
        { { "All others together", columns = 2 }, nil, 9430, { "n/a", align = "center" } },
      },
    },
  }
end
