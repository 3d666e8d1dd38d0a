local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.stack { fill = "#1f4e7", "The harbour was open all year." },
  }
end
