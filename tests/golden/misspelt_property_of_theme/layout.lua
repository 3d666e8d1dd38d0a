local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  type = { body = { hyphenat = true } },
})

return function()
  return b.report { title = "Report", theme = theme, b.text "Words" }
end
