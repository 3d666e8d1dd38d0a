local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.each { data.tables.berths },
  }
end
