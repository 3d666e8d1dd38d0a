local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.row { gap = 200, "one", "two", "three", "four" },
  }
end
