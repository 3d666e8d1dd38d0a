local b = require "briefpress"

return b.layout {
  params = { year = { type = "integer", default = 2024 } },
  function(_, params)
    return b.report { title = "Harbour", b.text("Ships of " .. params.yaer) }
  end,
}
