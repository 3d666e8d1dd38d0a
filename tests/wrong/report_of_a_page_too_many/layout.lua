local b = require "briefpress"

return function()
  return b.report { title = "Harbour", paper = { 300, 160 }, page_count = 1, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.text(("The harbour was open all year, and ships called each day.\n\n"):rep(6)),
  }
end
