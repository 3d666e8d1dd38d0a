local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.line { { "Ships", { 900, 1200 } }, heihgt = 120 },
  }
end
