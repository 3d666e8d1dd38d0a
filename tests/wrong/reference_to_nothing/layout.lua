local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.heading { "Ships", id = "ships_part" },
    b.text "See page {page:ship_part}.",
  }
end
