local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text("Ships: " .. b.format.number("many")),
  }
end
