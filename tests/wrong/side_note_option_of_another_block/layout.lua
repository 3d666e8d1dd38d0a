local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.side_note { "North", width = "30cm" },
  }
end
