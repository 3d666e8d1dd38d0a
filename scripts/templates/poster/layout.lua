--- A poster, A3: read from three metres (the title), from one (the figures), and close by (the charts and the text).
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  name = "poster",
  type = {
    cover_title = { size = 86, leading = 88, color = "on_accent", tracking = -20, space_after = 10 },
    cover_subtitle = { size = 24, leading = 33, color = "on_accent", space_after = 0 },
    h2 = { size = 22, leading = 28, space_before = 0, space_after = 8 },
    body = { size = 15, leading = 22, space_after = 10 },
    figure = { size = 66, leading = 74 },
    figure_unit = { size = 20, leading = 26 },
    label = { size = 15, leading = 20 },
    caption = { size = 11, leading = 15 },
    chart_title = { size = 20, leading = 26 },
    chart_subtitle = { size = 14, leading = 19 },
    chart_label = { size = 13, leading = 17 },
    source = { size = 11, leading = 15 },
  },
  space = { gap = 34, block = 30 },
  page = { paper = "A3", margins = { top = "20mm", right = "22mm", bottom = "18mm", left = "22mm" } },
})

return b.layout {
  title = "Poster", description = "One sheet, A3.",
  params = {
    headline = { default = "Nearly one trip in five is by bicycle", description = "What is read from three metres" },
  },
  function(data)
    local all = data.indicators

    local years = {}
    for i, point in ipairs(all.trips:series()) do years[i] = { label = point.period, value = point.value } end
    years.title, years.subtitle, years.direction = "Two fifths more than four years ago",
      "Trips by bicycle on a working day", "vertical"
    years.source = all.trips

    return b.report {
      title = data.dataset.title, theme = theme, footer = false,
      b.place { of = "page", x = 0, y = 0, width = "100%", height = "130mm",
        b.stack { fill = "accent", height = "130mm", padding = { x = "22mm", y = "20mm" },
          b.heading { "{params.headline}", style = "cover_title" },
          b.fill(),
          b.text { "{dataset.title}, {trips.period}", style = "cover_subtitle" },
          b.text { "Counted at 64 places, day and night", style = "cover_subtitle" } } },
      b.space "122mm",
      b.row { rule = true, b.figure { "trips", change = true }, b.figure { "routes", change = true },
        b.figure { "injured", change = true } },
      b.fill(),
      b.row { widths = { "1fr", "1fr" },
        b.chart.bar(years),
        b.chart.donut { all.work, all.school, all.errands, all.leisure, title = "Work and school are two thirds of it",
          subtitle = "Trips on a working day, by purpose", center = "{trips}", source = all.work } },
      b.fill(),
      b.columns { count = 2,
        b.heading { "Five new routes", level = 2 },
        b.text [[In {trips.period} the city opened five protected routes. The University bridge is the shortest of them
          and carries the most: it closes a gap that cost every rider two kilometres.]],
        b.heading { "Safer each year", level = 2 },
        b.text [[In {injured.period}, {injured} cyclists were badly injured ({injured.change | plus} on the year
          before), although more people rode. It is the lowest number of five years.]] },
      b.fill(),
      b.sources {},
    }
  end,
}
