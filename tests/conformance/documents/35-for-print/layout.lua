--- For a printer: bleed, crop marks, grounds beyond the edge, a cover, facing pages with a blank one.
local b = require "briefpress"

local function ground(color)
  return b.canvas { draw = function(canvas, x, y, width, height)
    canvas:rect(x, y, width, height, { fill = color })
  end }
end

return function()
  return b.report {
    title = "For print", paper = "A6", facing = true, margins = { top = 40, inner = 40, outer = 30, bottom = 40 },
    bleed = "3mm", crop_marks = true, background = ground "#eef2f6",
    header = { first = false, function(page) return page.section end },
    b.cover { background = ground "#c9d8e6", align = "middle", b.text { "Cut here", style = "cover_title" } },
    b.section { title = "A page", "With a ground of its own." },
    b.section { title = "On the right", break_before = "right", "A page before it is blank." },
  }
end
