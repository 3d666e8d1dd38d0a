local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.bullet { { label = "Ships" } },
  }
end
