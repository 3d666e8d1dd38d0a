-- A value beside its column's scale is an error that says what to give.
local b = require "briefpress"

return function()
  return b.report { title = "Scale",
    b.table { columns = { "Name", { title = "Share", graphic = { "bar", range = { 0, 100 } } } },
      rows = { { "One", 99 }, { "Two", 101 } } },
  }
end
