-- A book as a publisher sets it: justified, hyphenated, chapters that begin pages, contents with page numbers, running
-- header and footer. Its text comes from gen_book as `-d book=book.csv`.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  type = {
    body = { size = 9.5, leading = 13, align = "justify", space_before = 0, space_after = 4 },
    contents = { size = 9, leading = 13 },
  },
})

return function(data)
  local blocks = { b.contents { title = "Contents", depth = 2 } }
  for _, row in data.tables.book:rows() do
    if row.kind == "chapter" then
      blocks[#blocks + 1] = b.page_break()
      blocks[#blocks + 1] = b.heading { row.text, level = 1 }
    elseif row.kind == "section" then
      blocks[#blocks + 1] = b.heading { row.text, level = 2 }
    else
      blocks[#blocks + 1] = b.text(row.text)
    end
  end
  return b.report {
    title = "A book",
    language = "en-US",
    paper = { 499, 709 },
    margins = { top = 66, right = 69, bottom = 69, left = 70 },
    theme = theme,
    numbered = true,
    header = b.header,
    footer = b.footer,
    blocks,
  }
end
