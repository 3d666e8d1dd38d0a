-- Titles of columns, units and spanners that the layout gives are Markdown with placeholders; those of the data are printed
-- as they are. A bare text names a column of the data by its key. The figure in a title is drawn again with the header of the
-- next page.
local b = require "briefpress"

return function(data)
  return b.report { title = "Titles", paper = { 300, 150 }, footer = false,
    margins = { top = 14, right = 14, bottom = 14, left = 14 },
    b.table {
      rows = data.tables.stations,
      columns = { "name", { key = "day", title = "PM~2.5~ in {pm.period}", unit = "µg/m^3^", note = "A mean of hours." },
        { key = "year", title = "*Mean* of **{pm | decimals=1}**" }, "raw" },
      spanners = { { title = "What was **measured**", from = "day", to = "year" } }, units = true,
    },
  }
end
