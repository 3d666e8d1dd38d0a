local b = require "briefpress"

return b.layout {
  params = {
    year = { type = "integer", min = 2000, description = "The year of the edition" },
  },
  function() return b.report { title = "Harbour", b.text "The harbour was open all year." } end,
}
