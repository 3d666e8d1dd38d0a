local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.heading "Ships", b.contents { of = "shps" },
  }
end
