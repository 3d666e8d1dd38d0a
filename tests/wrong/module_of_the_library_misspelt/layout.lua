local b = require "briefpress"
local plain = require "themes.plan"

return function()
  return b.report { title = "Harbour", theme = plain, b.text "The harbour was open all year." }
end
