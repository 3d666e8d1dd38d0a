local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.space(12mm),
  }
end
