local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.canvas { height = 100, draw = function(canvas) canvas:begin_tag "P" end },
  }
end
