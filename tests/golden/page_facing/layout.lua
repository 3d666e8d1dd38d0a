-- Facing pages: margins and running titles change sides, front matter has numbers of its own, a chapter begins on the right.
local b = require "briefpress"

local words = ("The park counts its firms once a year, and prints what it counts. "):rep(7)

local function running(page)
  local title = page.side == "left" and page.last_titles[1] or page.first_titles[2]
  return title and b.text { title, style = "header", align = page.side }
end

return function()
  return b.report {
    title = "Yearbook", paper = "A5", facing = true,
    margins = { inner = 72, outer = 44, top = 60, bottom = 60 },
    header = { running, first = false },
    footer = function(page) return b.text { page.label, style = "footer", align = page.side } end,
    b.page { numbers = "i", b.heading "Preface", words, "The chapter on firms is on page {page:firms}." },
    b.page { numbers = "1", start = "right",
      b.section { title = "Firms", id = "firms", words, b.section { title = "Small firms", words, words },
        b.section { title = "Large firms", words, words, words } } },
  }
end
