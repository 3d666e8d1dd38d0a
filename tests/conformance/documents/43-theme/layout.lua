--- The dark theme of slides: light words on a deep ground, pages that are wider than high.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "{dataset.title}", theme = "slides",
    b.cover { align = "bottom", b.text { "The town", style = "cover_title" },
      b.text { "In figures", style = "cover_subtitle" } },
    b.section { title = "People", b.row { b.figure "people", b.chart.line { data.indicators.people } } },
    b.section { title = "Trees", break_before = true, "More than ever^[Since 1998.].",
      b.chart.waffle { value = 3, total = 5 } },
    b.section { title = "Code", break_before = true, b.qr "https://example.org",
      b.callout { title = "Mind", "Light on dark." } },
  }
end
