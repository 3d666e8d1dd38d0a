-- No-break spaces and hyphens, word joiners and zero-width spaces are obeyed.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 110 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "one\u{A0}two\u{A0}three four\u{2011}five\u{2011}six seven\u{2060}eight nine\u{200B}ten", width = 84 },
  }
end
