local b = require "briefpress"

return function(data)
  return b.report { title = "Harbour",
    b.each(data.tables.berths, function(row) return row.depth end),
  }
end
