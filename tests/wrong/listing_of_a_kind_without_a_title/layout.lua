local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.listing { kind = "tabels" },
  }
end
