-- How long a word must be to be divided, and what stays before and behind the hyphen, is the style's.
local b = require "briefpress"

local prose = "Accredited institutions of the development area study robots, medicines and materials; "
  .. "their results are tried out in the streets around them, which few other places can offer."

return function()
  return b.report { title = "Text", paper = { 134, 500 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { prose, align = "justify", width = 110 },
    b.text { prose, align = "justify", width = 110, hyphen_before = 4, hyphen_after = 5 },
    b.text { prose, align = "justify", width = 110, hyphenate = false },
  }
end
