--- Sources with marks in texts and cards that lead to them; sources of charts and tables.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "Sources",
    b.heading "What is known",
    "There are {people | mark} inhabitants, {cyclists | mark} of households have a bicycle; {loans | mark} loans.",
    b.row { b.figure { "people", mark = true, change = true, period = true },
      b.figure { "trees", note = "In streets", mark = true },
      b.figure { "cyclists", wording = true } },
    b.chart.bar { title = "Novels lead", data.indicators.loans:parts() },
    b.table { caption = "Inhabitants", source = data.sources[1], columns = { "Year", "Number" },
      rows = { { "2023", 49410 }, { "2024", 50230 } } },
    b.sources { order = "use" },
  }
end
