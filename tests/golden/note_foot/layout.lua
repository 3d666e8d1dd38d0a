-- Notes at the foot of the page of their mark: out of texts, a list and a table; one that two marks share; and one that goes
-- on on the next page, before the notes of that page.
local b = require "briefpress"

local words = ("The park counts its firms once a year, and prints what it counts. "):rep(5)

return function()
  return b.report {
    title = "Firms", paper = "A5", margins = { top = 56, right = 54, bottom = 60, left = 54 },
    notes = { counted = "Counted at the end of the year, at the seat of the firm." },
    b.heading "Firms",
    "The park had 2,212 firms[^counted] in 2022, and **900** of them^[Those with staff alone.] did research. " .. words,
    b.table {
      columns = { "Kind", { title = "Firms", align = "right" } },
      rows = { { "Small^[Fewer than 50 people.]", 1700 }, { "Large", "512[^counted]" } },
    },
    b.list { "An item^[Of a list.] that has a note", "and one that has none" },
    words .. "This was agreed^[" .. words .. words .. "] long ago.",
    words .. "And more.^[The last note.]", words,
  }
end
