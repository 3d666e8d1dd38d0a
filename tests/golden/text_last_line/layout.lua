-- The last line of a ragged text is not one word where that can be helped, and a compound is not torn for it.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 90 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "Net increase of high-tech enterprises", width = 112 },
    b.text { "Coverage by base stations of the fifth generation", width = 150 },
  }
end
