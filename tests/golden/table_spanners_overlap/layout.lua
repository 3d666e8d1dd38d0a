-- Two spanners of which neither lies within the other.
local b = require "briefpress"

return function()
  return b.report { title = "Overlap",
    b.table { columns = { "A", "B", "C" }, rows = { { 1, 2, 3 } },
      spanners = { { title = "First", from = 1, to = 2 }, { title = "Second", from = 2, to = 3 } } },
  }
end
