local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.image { "harbour.svg", alt = "The harbour", fit = "cover", height = 80, focus = { 1.5, 0 } },
  }
end
