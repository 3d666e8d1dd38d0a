-- For a printer: grounds go on 3 mm beyond the edge of the page, and marks say where it is cut.
local b = require "briefpress"

local function ground(color)
  return b.canvas { draw = function(canvas, x, y, width, height)
    canvas:rect(x, y, width, height, { fill = color })
  end }
end

return function()
  return b.report {
    title = "Cut", paper = "A6", margins = { top = 40, right = 36, bottom = 40, left = 36 },
    bleed = "3mm", crop_marks = true, background = ground "#eef2f6",
    b.cover { background = ground "#c9d8e6", align = "middle", b.text { "Cut here", style = "cover_title" } },
    "A page with a ground of its own.",
  }
end
