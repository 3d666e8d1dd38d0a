local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table { columns = { { key = "name", title = "Berth" } }, rows = { "North", "South" } },
  }
end
