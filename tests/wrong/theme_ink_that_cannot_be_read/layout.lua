local b = require "briefpress"

return function()
  return b.report { title = "Harbour", theme = { ink = "#c8d0d8" }, b.text "The harbour was open all year." }
end
