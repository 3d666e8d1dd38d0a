local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.grid { columns = 2, row_heights = { "tall" }, "one", "two" },
  }
end
