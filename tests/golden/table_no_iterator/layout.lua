-- Rows that are a function which answers the rows, not an iterator.
local b = require "briefpress"

return function()
  return b.report { title = "Rows",
    b.table { columns = { "A" }, rows = function() return { { "a" } } end },
  }
end
