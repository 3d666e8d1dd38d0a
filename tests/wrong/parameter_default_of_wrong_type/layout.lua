local b = require "briefpress"

return b.layout {
  params = { year = { type = "integer", default = "last" } },
  function() return b.report { title = "Harbour", b.text "The harbour was open all year." } end,
}
