-- Drawings and pictures in boxes of other forms: whole, filling round a focus, cropped, with round corners; one drawing in two
-- colours and in a text is written once for each colour; text in a drawing stays text.
local b = require "briefpress"

return function()
  return b.report { title = "Graphics", paper = { 300, 330 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.image { "drawing.svg", caption = "Its title is its alternative text." },
    b.text "An icon ![bars](icon.svg) in a text, [another ![bars](icon.svg)]{color=accent}.",
    b.row { gap = 10,
      b.image { "drawing.svg", alt = "Filled", height = 40, fit = "cover", radius = 6 },
      b.image { "drawing.svg", alt = "Left end", height = 40, fit = "cover", focus = { 0, 0.5 }, radius = "50%" },
      b.image { "blue.png", alt = "Cropped", height = 40, crop = { left = "25%", bottom = "50%" } },
      b.icon { "icon.svg", size = 40, color = "accent" } },
    b.qr { "https://example.org", size = 70, align = "right" },
  }
end
