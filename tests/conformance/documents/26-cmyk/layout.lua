--- A JPEG in the colours of print, CMYK with a profile of four inks, beside colours of a screen.
local b = require "briefpress"

return function()
  return b.report {
    title = "Print",
    b.image { "print.jpg", alt = "From blue to yellow", width = 120, caption = "CMYK" },
    b.text { "A text in a colour", color = "#1f4e79" },
  }
end
