-- The register with sums that each page carries to the next and a total of all rows, from the data's table or, with
-- `-p rows=iterator`, from a function that makes one row at a time of it.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  type = { table = { size = 7, leading = 10 }, table_head = { size = 7, leading = 9.2 } },
})

--- Rows one at a time: what a layout writes that reckons them while they are printed.
local function iterate(stored)
  return function()
    local i, count = 0, stored:count()
    return function()
      i = i + 1
      if i > count then return nil end
      return { number = i, name = stored:cell(i, "name"), district = stored:cell(i, "district"),
        sector = stored:cell(i, "sector"), year = tostring(stored:cell(i, "year")),
        employees = stored:cell(i, "employees"), revenue = stored:cell(i, "revenue") }
    end
  end
end

return function(data, params)
  local rows = data.tables.enterprises
  return b.report {
    title = "Register of enterprises", language = "en", paper = "A4", theme = theme, footer = b.footer,
    margins = { top = "16mm", right = "14mm", bottom = "18mm", left = "14mm" },
    b.heading "Register of enterprises",
    b.table {
      rows = params.rows == "iterator" and iterate(rows) or rows,
      total = true,
      columns = {
        { key = "number", title = "No.", width = rows:count() < 100000 and 30 or 34, align = "right" },
        { key = "name", title = "Name", width = "1fr", stub = true },
        { key = "district", title = "District", width = 46 },
        { key = "sector", title = "Sector", width = 84 },
        { key = "year", title = "Founded", width = 38, align = "right", format = tostring },
        { key = "employees", title = "Employees", width = 50, decimals = 0, sum = true, carry = "sum" },
        { key = "revenue", title = "Revenue", width = 52, decimals = 1, sum = true, carry = "sum" },
      },
    },
  }
end
