-- Characters beyond U+FFFF, and a letter with two marks on it.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 70 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "𝕏 and 𝔸; e\u{301}\u{323} stays one." },
  }
end
