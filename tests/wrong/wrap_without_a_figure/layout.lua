local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.wrap { b.text "Ships called." },
  }
end
