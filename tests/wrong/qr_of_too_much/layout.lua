local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.qr { ("harbour "):rep(600) },
  }
end
