--- Drawing by hand: gradients, clips, opacity, blending, shadows, text, pictures, links; what says what it shows,
--- and ornaments.
local b = require "briefpress"
local engine = require "briefpress.engine"

local fade = { x0 = 64, y0 = 0, x1 = 300, y1 = 0, stops = { { 0, "#1f4e79" }, { 1, "#1f4e7920" } } }

return function()
  local picture = engine.image.load "alpha.png"
  return b.report {
    title = "Canvas",
    b.heading "By hand",
    b.canvas { height = 60, alt = "A bar of which 62 % are filled", draw = function(canvas, x, y, width, height, cx)
      canvas:shadow(x, y, width, height, { radius = 6, blur = 10 })
      canvas:rect(x, y, width, height, { fill = cx:color "accent_soft", radius = 6 })
      canvas:rect(x, y, width * 0.62, height, { fill = fade, radius = 6 })
      canvas:text(cx:style "label", x + 8, y + 20, "62 %")
    end },
    b.canvas { height = 50, draw = function(canvas, x, y, width, height)
      canvas:save()
      canvas:opacity(0.4)
      canvas:circle(x + 25, y + 25, 24, { fill = "#b5651d" })
      canvas:blend "multiply"
      canvas:circle(x + 45, y + 25, 24, { fill = "#1f4e79" })
      canvas:restore()
      canvas:save()
      canvas:clip(b.rounded(x + 90, y, 60, height, 10))
      canvas:image(picture, x + 90, y, 60, height)
      canvas:restore()
      canvas:path({ "M", x + 170, y, "C", x + 200, y, x + 200, y + 50, x + 240, y + 50 },
        { stroke = "#52606d", line_width = 2, dash = { 4, 2 } })
      canvas:dots({ x + 260, y + 10, x + 270, y + 20 }, 3, "#14202e")
      canvas:sector(x + 310, y + 25, 24, 12, 0, 200, { fill = "#7d9cba" })
      canvas:line(x, y + 49, x + width, y + 49, { stroke = "#c5ccd3" })
    end },
    b.canvas { height = 30, alt = "A button that leads to the portal", draw = function(canvas, x, y, _, _, cx)
      canvas:rect(x, y, 100, 30, { fill = cx:color "accent_soft" })
      canvas:link(x, y, 100, 30, "https://example.org/button", "The portal")
    end },
    b.canvas { height = 20, alt = "Turned", draw = function(canvas, x, y)
      canvas:save()
      canvas:transform(1, 0.1, -0.1, 1, 4, -4)
      canvas:rect(x, y, 40, 12, { fill = "#e3b778aa" })
      canvas:restore()
    end },
    "The end.",
  }
end
