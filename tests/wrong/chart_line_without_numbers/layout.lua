local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.line { rows = { { year = 2023, ships = "many" }, { year = 2024, ships = "few" } }, x = "year", y = "ships" },
  }
end
