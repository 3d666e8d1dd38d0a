--- Charts of items: bars, dots, bullets, treemaps, rings, waffles, lines of time.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "Charts of items",
    b.chart.bar { title = "Novels lead", data.indicators.loans:parts() },
    b.chart.bar { title = "Two years", direction = "vertical", series = { "2023", "2024" },
      { label = "Market", values = { 5, 6 } },
      { label = "Hill", values = { 3, false } } },
    b.chart.bar { title = "Shares", share = true, series = { "a", "b" }, { label = "One", values = { 5, 6 } },
      { label = "Two", values = { 3, 2 } } },
    b.chart.dot { title = "Women earn less", series = { "Women", "Men" },
      { label = "Nurses", values = { 25.8, 26.9 } },
      { label = "Drivers", values = { 19, 21 } } },
    b.chart.bullet { title = "Nearly there", { label = "Trees", value = 17, target = 28, ranges = { 14, 28, 50 } } },
    b.chart.treemap { title = "What is spent", { label = "Works",
      items = { { label = "Roads", value = 164 }, { label = "Water", value = 80 } } },
      { label = "Schools", items = { { label = "Schools", value = 412 } } } },
    b.chart.donut { title = "A ring", center = "**{loans}** loans", data.indicators.loans:parts() },
    b.chart.waffle { title = "Three of five", value = 60, total = 100 },
    b.chart.timeline { title = "What happened", data.milestones },
    b.chart.timeline { { date = "1928", title = "Founded" }, { date = "2017/2022", title = "The long reform",
      text = "Of the hall." } },
  }
end
