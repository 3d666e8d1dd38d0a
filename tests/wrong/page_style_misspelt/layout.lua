local b = require "briefpress"

return function()
  return b.report { title = "Harbour", pages = { wide = { paper = "A4 landscape" } },
    b.page { style = "widee", "The harbour was open all year." },
  }
end
