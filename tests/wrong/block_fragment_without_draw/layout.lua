local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.block { layout = function(_, _, width) return { width = width, height = 20 } end },
  }
end
