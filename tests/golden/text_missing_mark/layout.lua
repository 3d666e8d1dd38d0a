-- A character that no font has is a visible mark where that is allowed.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 70 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "An owl: \u{13153}." },
  }
end
