local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.bar { { label = "Ships", value = 1200 }, bar_height = -4 },
  }
end
