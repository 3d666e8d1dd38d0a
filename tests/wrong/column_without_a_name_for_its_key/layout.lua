local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.table { data.tables.berths, columns = { { "name", title = "Berth" } } },
  }
end
