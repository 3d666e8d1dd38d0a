-- A character of another font does not move the lines apart.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 120 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "A line of Latin letters alone, then one with 汉字 and ☐ in it, then one of Latin letters alone again.", width = 150 },
  }
end
