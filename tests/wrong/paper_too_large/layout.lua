local b = require "briefpress"

return function()
  return b.report { title = "Harbour", paper = { "9m", "20m" }, b.text "The harbour was open all year." }
end
