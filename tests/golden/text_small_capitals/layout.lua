-- Small capitals: those of the font, or scaled ones on the same line.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 70 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "The [NATO and Unesco]{.smallcaps} agreed; [words]{caps=all} too." },
  }
end
