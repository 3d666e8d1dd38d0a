local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.row {
      { "North" }
      { "South" }
    },
  }
end
