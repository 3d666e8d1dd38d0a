local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.stack { height = "40cm", "The harbour was open all year." },
  }
end
