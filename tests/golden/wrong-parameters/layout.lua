-- What the command line gives is held against what the layout declares: all at once, each with its line.
local b = require "briefpress"

return b.layout {
  params = {
    city = { required = true },
    year = { type = "integer", min = 2000, max = 2100 },
    edition = { choices = { "print", "screen" } },
  },
  function() return b.report { "Never laid out" } end,
}
