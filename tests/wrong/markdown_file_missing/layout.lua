local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.markdown { file = "harbour.md" },
  }
end
