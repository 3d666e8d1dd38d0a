local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table { rows = { { name = "North" } } },
  }
end
