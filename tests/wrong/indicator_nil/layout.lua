local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.chart.bar { data.indicators.ships:parts(), nil },
  }
end
