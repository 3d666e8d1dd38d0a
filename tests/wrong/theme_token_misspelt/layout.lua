local b = require "briefpress"
local theme = b.theme(require "themes.plain", {
  colours = { accent = "#7a1f3d" },
})

return function()
  return b.report { title = "Harbour", theme = theme, b.text "The harbour was open all year." }
end
