local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.stack { width = "120", "The harbour was open all year." },
  }
end
