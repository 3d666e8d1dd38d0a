local b = require "briefpress"

local function harbour()
  return b.report { title = "Harbour", b.text "The harbour was open all year." }
end
