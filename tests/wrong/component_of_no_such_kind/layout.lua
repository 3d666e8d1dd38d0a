local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.video { "harbour.mp4" },
  }
end
