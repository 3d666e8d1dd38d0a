-- Bars from zero, labelled directly; rings whose labels keep apart; counted dots; a timeline without crossing lines.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "Charts", footer = false,
    b.chart.bar { title = "Most are municipal", subtitle = "Accredited institutions",
      data.indicators.institutions:parts() },
    b.chart.bar { stacked = true, source = false, "institutions_national", "institutions_municipal" },
    b.row {
      b.chart.bar { direction = "vertical", periods = true, title = "A third more in a year", "enterprises" },
      b.chart.donut { title = "Two levels", center = "**{institutions}** institutions", size = 90,
        data.indicators.institutions:parts() },
    },
    b.chart.bar { series = { "2020", "2021" }, source = "own count", { label = "North", values = { 12, 15.5 } },
      { label = "South", values = { 7, -3 } } },
    b.page_break(),
    b.chart.bar { series = { "2020", "2021" }, stacked = true, direction = "vertical", height = 110,
      { label = "North", values = { 12, 15.5 } }, { label = "South", values = { 7, 3 } } },
    b.chart.waffle { title = "One in fourteen", value = "institutions_national", total = "institutions" },
    b.chart.waffle { shape = "square", height = 60, "institutions_national", { label = "Others", value = 40 } },
    b.chart.timeline { title = "Five years",
      { date = "2017/2019", title = "First plan" }, { date = "2021-11", title = "Second plan", text = "Begun early." },
      { date = "2021-12-31", title = "Count" }, { date = "2022-07", text = "First order" } },
  }
end
