--- Floats at the top, the foot, on a page of their own; one that waits for the next page; a note in one.
local b = require "briefpress"

local words = ("The town counts its trees once a year, and prints what it counts. "):rep(6)

local function figure(name, height)
  return b.stack { fill = "accent_soft", height = height, padding = 10, b.text { name, style = "h3" } }
end

return function()
  return b.report {
    title = "Floats", paper = "A6", margins = { top = 40, right = 36, bottom = 44, left = 36 },
    b.heading "Trees", words,
    b.float { id = "first", figure("First", 70), b.text { "To the top^[With a note.]", style = "caption" } },
    "The first is on page {page:first}, the last on page {page:last}.",
    b.float { at = "bottom", b.captioned { caption = "Inhabitants", b.chart.bar { "people", periods = true } } },
      words, words,
    b.float { id = "last", b.table { columns = { { title = "Year", stub = true }, "Trees" },
      rows = { { "2023", 3100 }, { "2024", 3200 } } } },
    words,
    b.columns { words, b.float { at = "page", figure("A page of its own", 200) }, words },
  }
end
