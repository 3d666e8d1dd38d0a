-- A page cannot stand beside another block.
local b = require "briefpress"

return function()
  return b.report {
    title = "Report",
    b.row {
      "Words",
      b.page { "More words" },
    },
  }
end
