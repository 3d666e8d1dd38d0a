--- What cannot fit is marked where the report asks for it, and check finds it.
local b = require "briefpress"

return function()
  return b.report {
    title = "Marks", paper = "A6", footer = false, overflow = "mark",
    b.canvas { height = 900, draw = function() end },
    "Below it, on the same page",
    b.stack { height = 40, b.text(("Too much for a box of its height. "):rep(4)) },
    b.place { x = 0, bottom = 0, width = 100, height = 30, b.canvas { height = 60, draw = function() end } },
  }
end
