--- Pictures: PNG with alpha, of a palette, of 16 bits; JPEG in colour and grey; cropped, cut round, as ornaments,
--- with captions.
local b = require "briefpress"

return function()
  return b.report {
    title = "Pictures",
    b.image { "alpha.png", alt = "A field that fades away", width = 120 },
    b.image { "photo.jpg", alt = "Clouds of colour", width = 120,
      caption = "With a *caption* and a [link](https://example.org)" },
    b.image { "grey.jpg", alt = "Grey", height = 40, fit = "cover", width = 160, focus = { 0.5, 0.2 }, radius = 8 },
    b.row { b.image { "palette.png", alt = "A field of one colour", height = 40 },
      b.image { "grey16.png", alt = "From black to white", height = 40 },
      b.image { "photo.jpg", alt = "", height = 40 } },
    b.image { "photo.jpg", alt = "The middle of it", crop = { left = "20%", right = "20%" }, radius = "50%",
      width = 60, align = "center" },
    b.layers { b.image { "photo.jpg", alt = "A ground of colours", width = 300 },
      b.place { right = 12, bottom = 12, width = 180,
      b.stack { fill = "paper", padding = 4, "Words on it" } } },
  }
end
