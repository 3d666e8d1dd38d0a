local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table {
      columns = { { title = "Berth", width = "12cm" }, { title = "Depth, m", width = "12cm" } },
      rows = { { "North", 11.5 } },
    },
  }
end
