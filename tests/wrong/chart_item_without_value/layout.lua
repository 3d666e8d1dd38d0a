local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.bar { { label = "Ships", value = 1200 }, { label = "Ferries" } },
  }
end
