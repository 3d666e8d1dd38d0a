--- A financial statement: income against budget with negative figures in parentheses, and the cash book behind it,
--- whose pages carry their sums forward. Decimal marks stand below each other; sums are exact to the cent.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", { colors = { accent = "#2f5d50", accent_soft = "#edf3f0" } })

--- Money as statements print it.
local function money(column)
  column.negative, column.zero, column.decimals = "parentheses", "–", column.decimals or 0
  return column
end

--- The cash book, row by row, with the balance after each: reckoned while it is printed.
local function cash_book(entries, opening)
  return function()
    local i, cents = 0, opening
    return function()
      i = i + 1
      if i > entries:count() then return nil end
      local into, out = entries:cell(i, "in"), entries:cell(i, "out")
      cents = cents + math.floor((into or 0) * 100 + 0.5) - math.floor((out or 0) * 100 + 0.5)
      return { day = entries:cell(i, "day"), what = entries:cell(i, "what"), into = into, out = out,
        balance = cents / 100 }
    end
  end
end

return function(data)
  local budget_note = "As passed by the members on 2 December 2023."
  return b.report {
    title = data.dataset.title, paper = "A4", theme = theme,
    b.heading "Statement of income, 2024",
    b.text { [[The hall ended the year with {surplus | unit}, after repairs of the roof that the budget had spread over
               two years.]], style = "lead" },
    b.table {
      rows = data.tables.statement, group = "part", subtotals = true, rules = "groups", units = true,
      total = { item = "Surplus of the year", actual = data.indicators.surplus.value, budget = 3100,
        difference = 1282 },
      source = data.sources.accounts,
      spanners = { { title = "2024", from = "actual", to = "difference" } },
      columns = {
        { key = "item", title = "", width = "1fr", stub = true, cell_note = function(_, row) return row.remark end },
        money { key = "actual", sum = true },
        money { key = "budget", sum = true, note = budget_note },
        money { key = "difference", sum = true },
        { key = "spent", title = "Of budget", width = 110,
          graphic = { "bullet", range = { 0, 200 }, target = 100 } },
      },
    },
    b.page_break(),
    b.heading "Cash book, December 2024",
    b.table {
      rows = cash_book(data.tables.cash, 1846220), caption = "Receipts and payments", total = true,
      columns = {
        { key = "day", title = "Day", width = 28, align = "right", format = tostring },
        { key = "what", title = "Entry", width = "1fr", stub = true },
        { key = "into", title = "Receipts", width = 72, decimals = 2, sum = true, carry = "sum" },
        { key = "out", title = "Payments", width = 72, decimals = 2, sum = true, carry = "sum" },
        { key = "balance", title = "Balance", width = 72, decimals = 2, carry = "last",
          cell_style = function() return { color = "muted" } end },
      },
      notes = { "Opening balance on 1 December: 18,462.20." },
    },
  }
end
