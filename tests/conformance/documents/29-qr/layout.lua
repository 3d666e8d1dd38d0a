--- QR codes: of an address, which is a link; of other text; with a caption, in a colour, flush with what is around.
local b = require "briefpress"

return function()
  return b.report {
    title = "Codes",
    b.qr { "https://example.org/data", size = "22mm", caption = "All data" },
    b.qr { "A text, no address", level = "H", align = "right", color = "accent" },
    b.qr { "https://example.org/quiet", link = false, alt = "The way to the data", size = 60 },
    b.stack { fill = "accent_soft", padding = 20, b.qr { "mailto:office@example.org", quiet = false, size = 50 } },
  }
end
