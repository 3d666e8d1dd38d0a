local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.block { layout = function() return 12 end },
  }
end
