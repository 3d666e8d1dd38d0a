local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.icon { "anchor.svg" },
  }
end
