-- A reference to an id that nothing has names the line and suggests the nearest.
local b = require "briefpress"

return function()
  return b.report { title = "A book",
    b.section { title = "Rivers", id = "rivers", "Text." },
    "See {ref:river}.",
  }
end
