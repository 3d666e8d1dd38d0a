local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.row { widths = { "12cm", "12cm" }, "one", "two" },
  }
end
