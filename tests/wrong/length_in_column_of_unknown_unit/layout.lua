local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table {
      columns = { { key = "name", title = "Berth", width = "4 parts" }, { key = "depth", title = "Depth, m" } },
      rows = { { name = "North", depth = 11.5 } },
    },
  }
end
