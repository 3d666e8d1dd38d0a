-- A register as an authority prints it: one long table, its head repeated on each page. Its rows come from
-- gen_register as `-d enterprises=register.csv`.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "Register of enterprises",
    language = "en",
    paper = "A4",
    footer = b.footer,
    b.heading "Register of enterprises",
    b.table {
      rows = data.tables.enterprises,
      caption = "Enterprises by number",
      columns = {
        { key = "number", title = "No.", width = 34, align = "right" },
        { key = "name", title = "Name", width = "1fr" },
        { key = "district", title = "District", width = 62 },
        { key = "sector", title = "Sector", width = 104 },
        { key = "year", title = "Founded", width = 44, format = tostring },
        { key = "employees", title = "Employees", width = 54, align = "right" },
        { key = "revenue", title = "Revenue (m)", width = 58, align = "right" },
      },
    },
  }
end
