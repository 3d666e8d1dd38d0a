local b = require "briefpress"

return function()
  return b.report { title = "Harbour", theme = 7, b.text "The harbour was open all year." }
end
