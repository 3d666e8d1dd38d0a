-- A figure stays with its unit and its sign, wherever the line ends.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 230 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "Growth came to 34.8 % and the site to 1 million m², or 100 ha; USD 5 m and § 7 stay whole.", width = 97 },
    b.text { "Growth came to 34.8 % and the site to 1 million m², or 100 ha; USD 5 m and § 7 stay whole.", width = 131 },
  }
end
