-- Marks beside each other give up half of a square; a line's edges do too.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 130 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "（他说：“《规划》”。）完。（“好！”）、（“行？”）。", align = "justify", width = 118 },
  }
end
