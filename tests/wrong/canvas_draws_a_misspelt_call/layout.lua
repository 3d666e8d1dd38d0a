local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.canvas { height = 100, draw = function(canvas) canvas:rectangle(0, 0, 10, 10) end },
  }
end
