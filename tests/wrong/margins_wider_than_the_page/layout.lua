local b = require "briefpress"

return function()
  return b.report { title = "Harbour", margins = { left = "12cm", right = "12cm" }, b.text "The harbour was open all year." }
end
