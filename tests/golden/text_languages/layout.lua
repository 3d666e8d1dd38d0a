-- Words are divided by the patterns of their language; one without patterns is no error.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 170 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "Representation of international organizations", align = "justify", language = "en-US", width = 92 },
    b.text { "Representation of international organizations", align = "justify", language = "la", width = 92 },
  }
end
