--- A small briefing of many components together, in English or Chinese, as a reader would get it.
local b = require "briefpress"

local ground = { draw = function(canvas, x, y, width, height)
  canvas:rect(x, y, width, height / 2, { fill = "#e6efe9" })
end }

return function(data)
  local parts = data.indicators.loans:parts()
  return b.report {
    title = "{dataset.title}", subtitle = "{dataset.subtitle}", theme = "etown", header = b.header, numbered = true,
    b.cover { align = "bottom", background = b.canvas(ground), b.text { "{dataset.title}", style = "cover_title" },
      b.text { "{dataset.subtitle}", style = "cover_subtitle" } },
    b.contents { leader = true },
    b.section { title = "{people.label}", b.text { "**{people}**", style = "lead" },
      b.row { b.figure { "people", change = true, mark = true }, b.figure "trees", b.figure "cyclists" },
      b.captioned { caption = "{people.label}", id = "people", b.chart.line { data.indicators.people } },
      b.captioned { caption = "{loans.label}", b.table { columns = { { title = "{loans.label}", stub = true },
        { title = "{loans.period}", sum = true } },
        total = true, rows = { { parts[1].label, parts[1].value }, { parts[2].label, parts[2].value } } } },
      "{ref:people}, {page:people}.^[{loans | unit}]" },
    b.section { title = "{loans.label}", break_before = true, b.chart.donut { parts },
      b.chart.timeline { data.milestones } },
    b.sources {}, b.glossary {},
  }
end
