local b = require "briefpress"
local tides = require "tides"

return function()
  return b.report { title = "Harbour", b.text(tides.first) }
end
