local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.rotate { angle = 90 },
  }
end
