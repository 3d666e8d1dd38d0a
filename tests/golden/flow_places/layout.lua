--- Spaces that fill, layers, places, turned and smaller blocks, and what is left out where there is no room.
local b = require "briefpress"

local prose = "Institutions, enterprises and public bodies work side by side, and what they do is published. "

local function ground(height)
  return b.canvas { height = height, draw = function(canvas, x, y, w, h)
    canvas:rect(x, y, w, h, { fill = "#9fb3c8" })
  end }
end

return function()
  return b.report {
    title = "Places", paper = "A5", footer = false,
    b.place { of = "page", right = 20, y = 20, width = 70, b.text { "In the corner", style = "caption", align = "right" } },
    b.heading "Filled",
    b.row { "Left", b.fill(), "Right" },
    b.row { align = "stretch", b.stack { fill = "accent_soft", padding = 6, "Above", b.fill(), "below" },
      b.stack { fill = "accent_soft", padding = 6, prose } },
    b.layers {
      b.stack { fill = "accent_soft" }, ground(60),
      b.place { anchor = "center", width = 90, b.text { "In the middle", align = "center" } },
      b.place { right = 6, bottom = 2, b.text { "Below, right", style = "small" } },
    },
    b.row { widths = { "auto", "1fr" }, b.rotate { "Upwards" }, b.columns { prose, b.span { b.rule {} }, prose } },
    b.if_room { b.canvas { height = 400, draw = function() end }, "The shorter one." },
    b.when(function(page) return page.number == 1 end, "On page one.", "Elsewhere."),
    b.fill(), "At the foot of the page.",
    b.page_break(),
    b.fill(), b.text { "In the middle of a page", align = "center" }, b.fill(),
  }
end
