local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.stack { "Ships that called:", 1200 },
  }
end
