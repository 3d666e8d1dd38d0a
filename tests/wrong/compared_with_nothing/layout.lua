local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.text(#data.indicators > nil and "many" or "few"),
  }
end
