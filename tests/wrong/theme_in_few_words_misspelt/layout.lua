local b = require "briefpress"

return function()
  return b.report { title = "Harbour", theme = { acent = "#7a1f3d" }, b.text "The harbour was open all year." }
end
