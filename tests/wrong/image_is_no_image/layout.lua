local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.image { "harbour.png", alt = "The harbour" },
  }
end
