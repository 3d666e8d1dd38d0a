local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.place { x = "30cm", y = 0, "North" },
  }
end
