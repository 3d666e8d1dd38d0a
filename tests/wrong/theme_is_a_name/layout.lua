local b = require "briefpress"

return function()
  return b.report { title = "Harbour", theme = "plain", b.text "The harbour was open all year." }
end
