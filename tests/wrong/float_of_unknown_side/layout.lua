local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.float { at = "side", b.text "North" },
  }
end
