local b = require "briefpress"

return function()
  return b.report { title = "Harbour", paper = "A44", b.text "The harbour was open all year." }
end
