local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.report { title = "Inner", b.text "The harbour was open all year." },
  }
end
