local b = require "briefpress"

return function()
  return b.report { title = "Too low", paper = "A6",
    b.text "Before",
    b.stack { height = 40, fill = "accent_soft",
      b.text(("Too much for a box of its height. "):rep(4)) },
  }
end
