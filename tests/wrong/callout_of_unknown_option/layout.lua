local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.callout { title = "Note", colour = "accent", "The harbour was open all year." },
  }
end
