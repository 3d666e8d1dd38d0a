local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.heading { "Ships", id = "traffic" },
    b.heading { "Ferries", id = "traffic" },
  }
end
