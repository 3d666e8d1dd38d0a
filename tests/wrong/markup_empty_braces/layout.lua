local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text "In 2024 {} ships called.",
  }
end
