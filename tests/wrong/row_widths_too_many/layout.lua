local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.row { widths = { "1fr", "1fr", "1fr" }, "one", "two" },
  }
end
