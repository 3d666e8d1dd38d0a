local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.pie { { "Ships", 1200 }, { "Ferries", 800 } },
  }
end
