-- A register as an authority prints it: one long table, its head repeated on each page. Its rows come from
-- gen_register as `-d enterprises=register.csv`.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  type = { table = { size = 7, leading = 10 }, table_head = { size = 7, leading = 9.2 } },
})

return function(data)
  local rows = data.tables.enterprises
  return b.report {
    title = "Register of enterprises",
    language = "en",
    paper = "A4",
    theme = theme,
    margins = { top = "16mm", right = "14mm", bottom = "18mm", left = "14mm" },
    footer = b.footer,
    b.heading "Register of enterprises",
    b.table {
      rows = rows,
      columns = {
        { key = "number", title = "No.", width = rows:count() < 100000 and 26 or 32, align = "right" },
        { key = "name", title = "Name", width = "1fr" },
        { key = "district", title = "District", width = 46 },
        { key = "sector", title = "Sector", width = 84 },
        { key = "year", title = "Founded", width = 38, align = "right", format = tostring },
        { key = "employees", title = "Employees", width = 46, align = "right" },
        { key = "revenue", title = "Revenue", width = 42, align = "right" },
      },
    },
  }
end
