--- A table straight from the data, one group of rows for each district. A register of 50,000 rows is written the
--- same way.
local b = require "briefpress"

return function(data)
  return b.report {
    title = data.dataset.title, paper = "A5",
    b.heading "Where the books are",
    b.text [[The library has {branches | spelled} branches. The two in the centre lend more than the four
             of the north and the east together.]],
    b.table {
      rows = data.tables.branches,
      group = function(row) return row.district end,
      columns = {
        { key = "name", title = "Branch", width = "1fr" },
        { key = "opened", title = "Opened", align = "right", format = function(year) return ("%d"):format(year) end },
        { key = "loans", title = "Loans", align = "right" },
      },
    },
    b.sources {},
  }
end
