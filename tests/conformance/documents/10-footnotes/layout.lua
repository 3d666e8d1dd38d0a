--- Notes at the foot: in texts, headings, lists, cells, captions and cards; named ones; one that goes on over a page.
local b = require "briefpress"

local words = ("The town counts its trees once a year, and prints what it counts. "):rep(6)

return function()
  return b.report {
    title = "Notes", paper = "A5", notes = { firm = "A note with a name.\n\nIts second paragraph." },
    b.heading "A heading^[Of a heading.]",
    "A text^[Of a text.] with two^[The second, with *emphasis* and a [link](https://example.org).] notes, "
      .. "and a named one[^firm].",
    b.list { "an item^[Of an item.]" },
    b.table { caption = "A caption^[Of a caption.]", columns = { { title = "A", note = "Of a column." }, "B" },
      rows = { { "a cell^[Of a cell.]", { 2, note = "Of the table." } } } },
    b.row { b.figure { value = "12", label = "A card^[Of a card.]" },
      b.callout { title = "Set apart", "A text^[In a callout.]" } },
    b.image { "wave.svg", alt = "Waves", height = 12, caption = "An image^[Of an image.]" },
    words, words,
    "The same one again[^firm]. A long one^[" .. words:rep(6) .. "]", words, words,
  }
end
