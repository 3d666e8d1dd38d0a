-- The cover has neither header nor footer; contents know the pages; sources are listed; the section is in the footer.
local b = require "briefpress"

return function(data)
  return b.report {
    title = data.dataset.title, numbered = true, paper = "A5", header = b.header,
    background = function(page)
      return b.canvas { draw = function(canvas, x, y)
        canvas:rect(x, y, 6, 6 * page.number / page.count, { fill = "#c5ccd3" })
      end }
    end,
    b.cover {
      align = "bottom", background = b.canvas { alt = "Dots in a row", draw = function(canvas)
        canvas:dots({ 40, 40, 60, 40, 80, 40 }, 4, "#1f4e79")
      end },
      b.text { data.dataset.title, style = "cover_title" },
    },
    b.contents { leader = true },
    b.section { title = "First", break_before = true, "Text.", b.section { title = "Within", "Text." } },
    b.section { title = "Second", break_before = true, "Text.", b.sources() },
  }
end
