local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text(b.phrase "tide"),
  }
end
