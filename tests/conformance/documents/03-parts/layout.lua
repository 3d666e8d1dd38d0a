--- Parts, chapters with numbers, an appendix, contents of all and of one chapter, lists of figures and of tables,
--- references.
local b = require "briefpress"

local function drawing(words)
  return b.canvas { height = 40, alt = words, draw = function(canvas, x, y, width, height, cx)
    canvas:rect(x, y, width / 2, height, { fill = cx:color "accent_soft" })
  end }
end

return function()
  return b.report {
    title = "Parts", numbered = true, caption_numbers = "chapter", paper = "A5",
    b.contents { depth = 3, leader = true },
    b.listing { kind = "figure", leader = true },
    b.listing { kind = "table", title = "All tables" },
    b.listing { kind = "map", title = "Maps" },
    b.part { title = "The land", id = "land", text = "What there was before the town.",
      b.section { title = "Water", id = "water",
        b.contents { of = "water", depth = 1 },
        "As {ref:rivers} shows, on page {page:rivers}, there are two. See {ref:method} and {ref:people}.",
        b.section { title = "Rivers", "The long one and the short one.",
          b.captioned { id = "rivers", caption = "Rivers by *length*", note = "Measured by hand.",
            b.table { columns = { { title = "River", stub = true }, { title = "Length", unit = "km" } },
              rows = { { "Long", 21 }, { "Short", 4 } } } } },
        b.section { title = "Canals", "None.", b.captioned { caption = "A canal, if there were one",
          drawing "A line" } } },
      b.section { title = "Soil", b.captioned { kind = "map", label = "Map", caption = "Soils",
        drawing "Two soils" } } },
    b.part { title = "The town", page = false,
      b.section { title = "People", id = "people", "Many. {number:rivers}: {title:rivers}." } },
    b.appendix { title = "Method", id = "method", "Counted by hand.", b.section { title = "Samples", "Few." } },
  }
end
