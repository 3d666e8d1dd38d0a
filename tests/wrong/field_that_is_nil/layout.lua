local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.text("Ships: " .. data.indicators.ships.value .. data.notes.first),
  }
end
