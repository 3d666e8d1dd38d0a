local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.contents { depth = 0 },
  }
end
