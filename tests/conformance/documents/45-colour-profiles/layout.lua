--- Pictures that say what their colours are: by a profile (JPEG, PNG, a palette), by gamma and primaries (PNG).
local b = require "briefpress"

return function()
  return b.report {
    title = "Colours",
    b.row { b.image { "photo.jpg", alt = "Clouds of colour", height = 60 },
      b.image { "wide.png", alt = "From blue to yellow", height = 60 },
      b.image { "palette.png", alt = "Stripes of four colours", height = 60 } },
    b.row { b.image { "light.png", alt = "The same in light", height = 60 },
      b.image { "light-grey.png", alt = "From black to white", height = 60 },
      b.image { "light-alpha.png", alt = "Colours that fade away", height = 60 } },
  }
end
