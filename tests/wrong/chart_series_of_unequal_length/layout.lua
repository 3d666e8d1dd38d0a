local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.bar { series = { "2023", "2024" }, { label = "Ships", values = { 900, 1200 } },
      { label = "Ferries", values = { 800 } } },
  }
end
