local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.text(data.indicators.ships > 1000 and "Many" or "Few"),
  }
end
