local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table { columns = { { key = "name", title = "Berth" }, { key = "depth", title = "Depth" } },
      rows = { { name = "North", depth = 11 } }, spanners = { { title = "Both", from = "name", to = "dpeth" } } },
  }
end
