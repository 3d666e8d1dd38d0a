local b = require "briefpress"

return function()
  return b.report { title = "Harbour", language = "english", b.text "The harbour was open all year." }
end
