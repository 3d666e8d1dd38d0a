local b = require "briefpress"
local theme = b.theme(require "themes.plain", {
  colors = { accent = 70 },
})

return function()
  return b.report { title = "Harbour", theme = theme, b.text "The harbour was open all year." }
end
