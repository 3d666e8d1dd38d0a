local b = require "briefpress"

return function(data)
  data.indicators.ships.value = 1300
  return b.report { title = "Harbour", b.text "{ships}" }
end
