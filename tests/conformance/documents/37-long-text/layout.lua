--- Texts that go on over pages: paragraphs, lists, callouts, rows, quotes, boxes; on a grid of baselines.
local b = require "briefpress"

local words = ("The town counts its trees once a year, and prints what it counts. "):rep(22)

return function()
  return b.report {
    title = "Long text", paper = "A6", baseline = 12, margins = { top = 40, right = 36, bottom = 44, left = 36 },
    b.heading "A long text", b.text { words, align = "justify" },
    b.list { words, { words, b.list { words } } },
    b.callout { title = "Set apart", color = "accent", fill = "accent_soft", words, words },
    b.row { words, b.text { words, style = "small" } },
    b.text { words, style = "quote", tag = "BlockQuote" },
    b.stack { padding = 8, border = "faint", words, b.heading { "In a box", level = 2 }, words },
    b.entry { "Entry for adults", "12.50", leader = true }, b.entry { words:sub(1, 200), "end", leader = true },
  }
end
