local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.columns { b.page { "North" }, "South" },
  }
end
