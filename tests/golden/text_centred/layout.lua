-- Centred lines are as equal as can be: no short one at the end, no hyphen.
local b = require "briefpress"

local prose = "Accredited institutions of the development area study robots, medicines and materials; "
  .. "their results are tried out in the streets around them, which few other places can offer."

return function()
  return b.report { title = "Text", paper = { 260, 150 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { prose, align = "center" },
    b.text { prose, align = "center", width = 120 },
  }
end
