local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table { columns = { { title = "Berth", sum = true } }, rows = { { "North" } }, total = true },
  }
end
