local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text "{ships.lable} of {ships.period}",
  }
end
