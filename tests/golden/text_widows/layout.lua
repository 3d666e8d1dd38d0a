-- No line of a paragraph stands alone at the foot of a page or at the head of the next; a heading takes text with it.
local b = require "briefpress"

local prose = "Accredited institutions of the development area study robots, medicines and materials; "
  .. "their results are tried out in the streets around them, which few other places can offer."

return function()
  return b.report { title = "Text", paper = { 260, 128 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { prose .. " " .. prose },
    b.heading { "Heading", level = 1 },
    b.text { prose },
  }
end
