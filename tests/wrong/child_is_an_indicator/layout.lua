local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.stack { data.indicators.ships },
  }
end
