local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.row { b.page { "North" }, "South" },
  }
end
