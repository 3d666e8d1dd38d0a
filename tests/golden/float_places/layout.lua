-- Floats at the top and the foot of the pages that call them, one that waits for the next page, and a note of a float.
local b = require "briefpress"

local words = ("The park counts its firms once a year, and prints what it counts. "):rep(6)

local function figure(name, height)
  return b.stack { fill = "accent_soft", height = height, padding = 10, b.text { name, style = "h3" } }
end

return function()
  return b.report {
    title = "Floats", paper = "A6", margins = { top = 40, right = 36, bottom = 44, left = 36 },
    b.heading "Firms", words,
    b.float { id = "first", figure("First", 70), b.text { "Figure 1: to the top^[With a note.]", style = "caption" } },
    "The first figure is on page {page:first}, the last on page {page:last}.",
    b.float { at = "bottom", figure("Second", 50) }, words, words,
    b.float { id = "last", figure("Third", 120) }, words,
  }
end
