local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.table { data.tables.berhts },
  }
end
