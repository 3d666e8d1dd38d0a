local b = require "briefpress"

return function()
  local report = b.report { title = "Harbour", b.text "The harbour was open all year." }
end
