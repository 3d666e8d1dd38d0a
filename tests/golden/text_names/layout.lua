-- Initials stay with names, and R&D, 5G and 1,748 are not broken.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 190 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "J. R. Hartley and Dr Who count 1,748 enterprises, R&D institutions and 5G base stations.", width = 84 },
    b.text { "J. R. Hartley and Dr Who count 1,748 enterprises, R&D institutions and 5G base stations.", width = 117 },
  }
end
