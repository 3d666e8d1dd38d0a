--- A register over several pages, straight from a table of the data: groups that go on, their sums, sums that each page
--- carries forward, notes, and a style by a function of the cell. Fifty thousand rows are written the same way.
local b = require "briefpress"

--- Falls stand out: letters in another colour, on a ground of their own where they are steep.
local function mark_falls(change)
  if change < -10 then return { color = "#8a1f1f", fill = "#f8ecec" } end
  if change < 0 then return { color = "#8a1f1f" } end
end

return function(data)
  return b.report {
    title = data.dataset.title, paper = "A4",
    b.heading "Register of firms",
    b.text { [[The port town has {firms | unit} in five districts. They are listed by district and name; revenue is that
               of 2024, and its change is on the year before.]], style = "lead" },
    b.table {
      rows = data.tables.firms, caption = "Firms by district, 2024", source = data.sources.register,
      group = "district", subtotals = true, total = true, units = true,
      spanners = { { title = "Revenue", from = "revenue", to = "change" } },
      notes = { "Falls of revenue are coloured, those of more than a tenth on a ground." },
      columns = {
        { key = "number", width = 30, align = "right" },
        { key = "name", width = "1fr", stub = true },
        { key = "founded", format = tostring, note = "Of the firm or of the one it came from." },
        { key = "staff", sum = true, carry = "sum", note = "Full-time posts at the end of the year." },
        { title = "2024", key = "revenue", sum = true, carry = "sum", decimals = 2 },
        { key = "change", align = "decimal", decimals = 1, cell_style = mark_falls },
      },
    },
  }
end
