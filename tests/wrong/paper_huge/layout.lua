local b = require "briefpress"

return function()
  return b.report { title = "Harbour", paper = { 20000, 30000 }, b.text "The harbour was open all year." }
end
