local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.image { "harbour.svg", alt = "The harbour" },
  }
end
