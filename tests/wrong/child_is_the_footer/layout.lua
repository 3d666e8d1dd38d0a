local b = require "briefpress"

return function()
  return b.report { title = "Harbour", b.footer,
    b.text "The harbour was open all year.",
  }
end
