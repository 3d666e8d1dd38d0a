local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.heading { "Ships", level = 9 },
  }
end
