local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.line { rows = { { year = 2023, ships = 900 }, { year = 2024, ships = 1200 } }, x = "year", y = "shps" },
  }
end
