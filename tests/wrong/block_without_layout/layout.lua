local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.block { measure = function(_, width) return 0, width end },
  }
end
