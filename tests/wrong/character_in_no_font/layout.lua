local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text "A sail: \u{13000}.",
  }
end
