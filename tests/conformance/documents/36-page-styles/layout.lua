--- Pages of several sizes and styles, with numbers of their own; headers and footers that differ.
local b = require "briefpress"

local words = ("The town counts its trees once a year, and prints what it counts. "):rep(9)

return function()
  return b.report {
    title = "Styles", paper = "A5", facing = true, margins = { inner = 60, outer = 44, top = 60, bottom = 60 },
    header = { first = false, last = false, left = function(page) return page.last_titles[1] end,
      function(page) return b.text { page.first_titles[1] or "", style = "header", align = "right" } end },
    footer = function(page)
      return b.stack { border = "faint", edge = "top", padding = { top = 6 },
        b.text { "[Sample data](https://example.org)", style = "footer" },
        b.entry { "Sample data", page.label .. " / " .. page.count, style = "footer" } }
    end,
    pages = { wide = { paper = "A5 landscape", margins = { left = 60 }, header = "Wide",
      background = b.watermark "Draft" } },
    b.cover { b.text { "The town", style = "cover_title" }, b.text { "Of many pages", style = "cover_subtitle" } },
    b.page { numbers = "i", b.contents {}, b.heading "Preface", words },
    b.page { numbers = "1", start = "right",
      b.section { title = "Trees", words, words,
        b.page { style = "wide", b.table { columns = { { title = "Year", stub = true }, "Trees" },
          rows = { { 2023, 3100 }, { 2024, 3200 } } } },
        "After the table." } },
    b.page { numbers = "A", b.appendix { title = "More", words } },
  }
end
