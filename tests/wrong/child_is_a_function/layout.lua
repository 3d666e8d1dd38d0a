local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.section { "Traffic",
      function() return b.text "Ships called." end,
    },
  }
end
