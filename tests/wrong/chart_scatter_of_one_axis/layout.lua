local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.chart.scatter { rows = { { x = 1 }, { x = 2 } }, x = "x" },
  }
end
