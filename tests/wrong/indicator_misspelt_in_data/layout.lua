local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.figure(data.indicators.shpis),
  }
end
