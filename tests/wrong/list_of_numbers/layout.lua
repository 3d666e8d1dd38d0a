local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.list { 1, 2, 3 },
  }
end
