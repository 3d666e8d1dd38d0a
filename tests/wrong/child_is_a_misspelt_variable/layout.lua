local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.stack { b.text "North", suoth },
  }
end
