local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.stack { width = "wide", "The harbour was open all year." },
  }
end
