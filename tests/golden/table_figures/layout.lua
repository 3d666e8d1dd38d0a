-- Negative figures in parentheses with their digits below each other, a dash for what is nought, also once rounded, and
-- words for what is missing; hairlines between groups only.
local b = require "briefpress"

return function()
  return b.report { title = "Figures", paper = { 300, 210 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      group = 1, rules = "groups", missing = "..",
      columns = {
        { key = 2, title = "Item", stub = true }, { key = 3, title = "2023", negative = "parentheses", zero = "–" },
        { key = 4, title = "2024", negative = "parentheses", decimals = 1, zero = "–", missing = "n/a" },
      },
      rows = { { "Income", "Sales", 1200, 1350.25 }, { "Income", "Rent", nil, 0.04 }, { "Costs", "Wages", -800, -912.5 },
        { "Costs", "Other", 0, nil } },
    },
  }
end
