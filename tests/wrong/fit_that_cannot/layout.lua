local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.fit { height = 20, least = 0.5, b.canvas { height = 300, draw = function() end } },
  }
end
