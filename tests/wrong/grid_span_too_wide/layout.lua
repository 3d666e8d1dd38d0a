local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.grid { columns = 2, b.cell { columns = 3, "one" } },
  }
end
