--- Links: out and in, over a line's end and a page's, of images and codes, in headings, lists, cells and notes.
local b = require "briefpress"

local words = ("The town counts its trees once a year, and prints what it counts. "):rep(8)

return function()
  return b.report {
    title = "Links", paper = "A6", margins = { top = 40, right = 36, bottom = 44, left = 36 },
    b.heading { "A [link](https://example.org/heading) in a heading", id = "top" },
    "To [the portal](https://example.org), by [mail](mailto:office@example.org), by [telephone](tel:+49123456), "
      .. "to [the end](#end), page {page:end}; [a link of so many words that its "
      .. "line ends twice before the link itself "
      .. "has come to its end, and here it is](https://example.org/long).",
    b.list { "[an item](https://example.org/item)",
      "and [two](https://example.org/1) [links](https://example.org/2)" },
    b.table { columns = { { title = "Name", stub = true }, "Where" }, rows = {
      { "[Portal](https://example.org)", "[here](https://example.org/cell)" }, { "End", "[below](#end)" } } },
    "A note^[With a [link](https://example.org/note).] and [**strong** and *other* words](https://example.org/strong).",
    b.qr { "https://example.org/qr", size = 70 },
    words .. "[A link that " .. words .. "stands on two pages](https://example.org/pages). " .. words,
    b.text { "中文的[链接](https://example.org/zh)。", language = "zh" },
    b.heading { "The end", id = "end" },
    "Back to [the top](#top).",
  }
end
