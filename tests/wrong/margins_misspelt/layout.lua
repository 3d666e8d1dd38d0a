local b = require "briefpress"

return function()
  return b.report { title = "Harbour", margins = { letf = "2cm" }, b.text "The harbour was open all year." }
end
