local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text "The harbour was [open]{colr=accent} all year.",
  }
end
