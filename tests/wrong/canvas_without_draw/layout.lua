local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.canvas { height = 100 },
  }
end
