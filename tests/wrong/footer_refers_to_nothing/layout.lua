local b = require "briefpress"

return function()
  return b.report { title = "Harbour", footer = "Sources: page {page:sources}",
    b.text "The harbour was open all year.",
    b.heading { "Where it comes from", id = "source" },
  }
end
