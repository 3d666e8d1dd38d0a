--- A shadow lies below its box: with the box's corners, in the theme's colour, and grown with the box in a row.
local b = require "briefpress"

return function()
  return b.report {
    title = "Shadows", paper = { 320, 200 }, margins = { top = 24, right = 24, bottom = 24, left = 24 }, footer = false,
    b.row {
      b.stack { shadow = true, radius = 6, padding = 12, "Without a fill it is as white as the paper." },
      b.stack { shadow = true, fill = "accent_soft", padding = 12, "Filled.", b.fill() },
    },
    b.space(20),
    b.stack { shadow = true, border = "accent", edge = "left", thickness = 2, padding = 12, width = 160, align = "center",
      "Narrow." },
  }
end
