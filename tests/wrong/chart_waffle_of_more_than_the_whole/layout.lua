local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.waffle { value = 120, total = 95 },
  }
end
