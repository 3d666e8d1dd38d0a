local b = require "briefpress"

return function()
  return b.report { title = "Harbour", bleed = "some", b.text "The harbour was open all year." }
end
