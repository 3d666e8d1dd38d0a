--- Lists: with marks and numbers, in each other, with blocks in items, over a page.
local b = require "briefpress"

local many = {}
for i = 1, 24 do many[i] = "Item " .. i .. " of a list that goes on over the page" end

return function()
  return b.report {
    title = "Lists", paper = "A5",
    b.list { "One text", "**another**, with a [link](https://example.org)", "and a note^[In an item.]" },
    b.list { ordered = true, start = 3, "Three", { "four, with more:", b.list { "below it",
      { "and below that", b.list { ordered = true, "numbered", "again" } } } }, "five" },
    b.list { marker = "•", gap = 8, style = "small", { "An item with a table",
      b.table { columns = { "A", "B" }, rows = { { 1, 2 } } } },
      { "One with a figure", b.figure "people" }, b.text "A block alone" },
    b.list { ordered = true, many },
    b.list { "Alone" },
  }
end
