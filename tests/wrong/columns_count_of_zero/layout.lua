local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.columns { count = 0, "The harbour was open all year." },
  }
end
