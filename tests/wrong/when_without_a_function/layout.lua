local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.when { "odd", b.text "North" },
  }
end
