--- Layers, places on the page, a watermark, backgrounds, what is left out where there is no room.
local b = require "briefpress"

return function()
  return b.report {
    title = "Layers", paper = "A5", background = b.watermark "Draft",
    b.place { of = "page", right = 20, y = 20, width = 90, b.text { "In the corner", style = "caption",
      align = "right" } },
    b.heading "Layers",
    b.layers { height = 78,
      b.canvas { height = 78, draw = function(canvas, _, y, _, height, cx)
        canvas:rect(0, y, canvas.width, height, { fill = cx:color "ink" })
      end },
      b.stack { fill = "ink", padding = 10, b.heading { "On a dark ground", level = 2, color = "on_accent",
        space_before = 0 } } },
    b.layers { b.stack { fill = "accent_soft" }, b.stack { padding = 20, "Below" },
      b.place { anchor = "center", width = 90, b.text { "In the middle", align = "center" } } },
    b.if_room { b.canvas { height = 900, draw = function() end }, "The shorter one." },
    b.when(function(page) return page.number == 1 end, "On page one.", "Elsewhere."),
    b.need(100), b.keep { "Kept", "together." },
    b.place { of = "here", x = 40, width = 80, b.text { "Here", style = "small" } },
    b.space(30),
    b.fill(), "At the foot of the page.",
    b.page_break(),
    b.fill(), b.text { "In the middle of a page", align = "center" }, b.fill(),
  }
end
