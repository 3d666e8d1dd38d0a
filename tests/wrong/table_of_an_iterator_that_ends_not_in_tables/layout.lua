local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.table { columns = { { title = "Berth" } }, rows = function() return function() return "North" end end },
  }
end
