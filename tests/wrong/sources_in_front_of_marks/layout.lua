local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.sources { order = "use" },
    b.text "In 2024 {ships | mark} ships called.",
  }
end
