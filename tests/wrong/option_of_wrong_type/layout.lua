local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table { columns = "three", rows = { { "North", 11.5 } } },
  }
end
