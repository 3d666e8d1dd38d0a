local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text(tostirng(1200)),
  }
end
