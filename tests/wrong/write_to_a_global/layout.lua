local b = require "briefpress"

return function()
  ships = 1200
  return b.report { title = "Harbour", b.text("Ships: " .. ships) }
end
