local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.layers { height = 20,
      b.stack { fill = "accent_soft", height = "100%" },
      b.text { "The harbour was open all year,\nand ships called.", size = 20 },
    },
  }
end
