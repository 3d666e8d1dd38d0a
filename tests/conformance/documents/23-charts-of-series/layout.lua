--- Charts with two axes: lines, areas, slopes, scatters, histograms, with references and annotations.
local b = require "briefpress"

return function(data)
  local years = { "2020", "2021", "2022", "2023", "2024" }
  return b.report {
    title = "Charts of series",
    b.chart.line { title = "More people each year", data.indicators.people },
    b.chart.line { title = "Rents rise^[Since 2020.]", subtitle = "Index", x = years, note = "Base: 2020.",
      source = "the register",
      references = { { y = 100, label = "2020" }, { x = { "2021", "2022" }, label = "Reform" } },
      annotations = { { x = "2023", text = "The gap" } },
      { label = "Rents", values = { 100, 104, false, 111, 118 }, low = { 99, 102, 104, 108, 114 },
        high = { 101, 106, 110, 114, 122 } },
      { label = "Wages", values = { 100, 101, 102, 105, 109 } } },
    b.chart.area { title = "Wind overtakes coal", share = true, x = years,
      { label = "Coal", values = { 5, 4, 3, 2, 1 } },
      { label = "Wind", values = { 1, 2, 3, 4, 5 } } },
    b.chart.slope { title = "From 2014 to 2024", x = { "2014", "2024" }, { label = "Under 30", values = { 51, 68 } },
      { label = "Over 65", values = { 22, 18 } } },
    b.chart.scatter { title = "Near and cheap", trend = true, { label = "Homes",
      points = { { 1, 3, label = "Mill" }, { 2, 5 }, { 3, 4 }, { 4, 8, label = "Hill" } } } },
    b.chart.histogram { title = "Most are near", median = true, { 3, 4, 4, 5, 5, 5, 6, 6, 7, 9, 12, 15 } },
    b.chart.sparkline { data.indicators.people, title = "Inhabitants" },
    b.chart.multiples { title = "Everywhere", columns = 3, b.chart.line { title = "North", x = years,
      { label = "a", values = { 1, 2, 3, 2, 4 } } },
      b.chart.line { title = "South", x = years, { label = "a", values = { 4, 3, 3, 2, 1 } } } },
  }
end
