-- Line by line where it is asked for: the first line takes what it can hold, and a word is left alone.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 110 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "Net increase of high-tech enterprises", greedy = true, width = 116 },
    b.text { "Net increase of high-tech enterprises", width = 116 },
  }
end
