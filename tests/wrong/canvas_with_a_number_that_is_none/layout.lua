local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.canvas { height = 100, draw = function(canvas) canvas:rect(0, 0, 0 / 0, 10, { fill = "#000000" }) end },
  }
end
