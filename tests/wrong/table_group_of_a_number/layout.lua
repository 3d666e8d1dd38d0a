local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table { columns = { { title = "Berth" } }, rows = { { "North" } }, group = 1.5 },
  }
end
