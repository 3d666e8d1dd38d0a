-- Looseness makes a paragraph a line longer, or shorter where its spaces allow that.
local b = require "briefpress"

local prose = "Accredited institutions of the development area study robots, medicines and materials; "
  .. "their results are tried out in the streets around them, which few other places can offer."

return function()
  return b.report { title = "Text", paper = { 260, 210 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { prose, align = "justify" },
    b.text { prose, align = "justify", looseness = 1 },
    b.text { prose, align = "justify", looseness = -1 },
  }
end
