local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text(1200),
  }
end
