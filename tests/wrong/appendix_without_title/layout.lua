local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.appendix { "Ships called." },
  }
end
