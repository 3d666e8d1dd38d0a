local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text { "The harbour was open all year.", style = "note" },
  }
end
