local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.text("Ships: " .. data.indicators.none_such.value),
  }
end
