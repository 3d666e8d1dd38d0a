-- Parts, chapters, appendices and captions are counted, contents and lists hold their numbers hanging, references name
-- them with a link; parts have pages of their own and no page in the contents.
local b = require "briefpress"

local function rows(n)
  local list = {}
  for i = 1, n do list[i] = { "District " .. i, i * 12 } end
  return list
end

return function()
  return b.report {
    title = "A book", numbered = true, caption_numbers = "chapter", paper = "A5",
    b.contents { depth = 3, leader = true },
    b.listing { kind = "figure", leader = true }, b.listing "table", b.listing { kind = "map", title = "Maps" },
    b.page_break(),
    b.section { title = "Preface", numbered = false, "See {ref:rivers}, {ref:lengths}, {ref:plan} and {ref:method}, page {page:method}." },
    b.part { title = "Land and water", id = "land", text = "What there was before us.",
      b.section { title = "Water", id = "water", b.contents { of = "water", depth = 1 },
        b.section { title = "Rivers", id = "rivers", "As {ref:lengths} shows, {title:plan} is in {ref:land}.",
          b.captioned { id = "lengths", caption = "Rivers by *length*", note = "Measured by hand.",
            b.table { columns = { "District", { title = "Length", align = "right" } }, rows = rows(4), source = "the survey" } },
          b.section { title = "Canals", "None." } } },
      b.section { title = "Land", b.captioned { id = "plan", kind = "map", label = "Map", caption = "The plan",
        b.canvas { height = 40, alt = "A field", draw = function(c, x, y, w, h) c:rect(x, y, w, h, { fill = "#dde5ee" }) end } },
        b.captioned { caption = "Fields", position = "above",
          b.canvas { height = 20, alt = "Two fields", draw = function(c, x, y, w) c:rect(x, y, w / 2, 20, { fill = "#c5ccd3" }) end } } } },
    b.appendix { title = "Method", id = "method", "Text.", b.section { title = "Samples", "Few." } },
  }
end
