local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.bar { stacked = true, { label = "Ships", value = 1200 }, { label = "Ferries", value = -800 } },
  }
end
