local b = require "briefpress"

return function()
  return b.report { title = "Harbour", theme = "plian", b.text "The harbour was open all year." }
end
