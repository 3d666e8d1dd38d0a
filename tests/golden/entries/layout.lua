-- Entries: words and a text at the right edge, with dots between that stand below each other; words of two lines have it on
-- the last; figures are in the ledger, page numbers found.
local b = require "briefpress"

return function()
  return b.report { title = "Entries", paper = { 260, 200 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.entry { "Institutions", "{institutions}", leader = true },
    b.entry { "Enterprises that are **high-tech** and were so in the year before too", "{enterprises}", leader = true },
    b.entry { "Projects", "*{projects}*", leader = true, features = "tnum" },
    b.entry { "No dots", "{page:here}", id = "here", style = { "small", color = "accent" } },
    b.entry { "No room for any dots between the two", "7 of them", leader = true },
  }
end
