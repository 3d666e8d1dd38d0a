--- A briefing: a lead, figures, a chart that says its message in its title, a table, and where each figure comes from.
--- Figures are named in braces and come from data.json, so that text and data cannot differ.
local b = require "briefpress"

return b.layout {
  title = "Briefing", description = "Two or three pages on a year's figures.",
  params = {
    recipient = { default = "the city council", description = "Whom it is written for" },
    appendix = { default = true, description = "Print the table of routes" },
  },
  function(data, params)
    local all = data.indicators

    local years = {}
    for i, point in ipairs(all.trips:series()) do years[i] = { label = point.period, value = point.value } end
    years.title, years.direction, years.source = "Two fifths more trips than four years ago", "vertical", all.trips
    years.subtitle = "Trips by bicycle on a working day"

    return b.report {
      title = data.dataset.title,
      header = b.header,
      b.text { "Briefing for {params.recipient}, {dataset.published | long}", style = "caption" },
      b.heading "More people ride, fewer are hurt",
      b.text { [[On a working day of {trips.period} the counters saw **{trips | unit}** by bicycle,
        {trips.change | plus} on the year before. In the same year {injured}
        cyclists were badly injured, the lowest number of five years.]],
        style = "lead" },
      b.grid { columns = 4,
        b.figure { "trips", change = true }, b.figure "share",
        b.figure { "routes", change = true }, b.figure { "injured", change = true } },
      b.heading { "What has changed", level = 2 },
      b.text [[The city opened five routes in {trips.period}. The two that close a gap, the University bridge and the
        Harbour ring, carry more cyclists than the other three together:
        **it is connections that count, not kilometres.**]],
      b.chart.bar(years),
      b.heading { "What we ask for", level = 2 },
      b.list { ordered = true,
        "Close the gap at the railway station, for which plans are ready.",
        "Keep the budget for winter service: a route that is not cleared is a route that is not there.",
        "Count at ten more places, so that the next briefing can say where." },
      b.chart.bar { all.work, all.school, all.errands, all.leisure,
        title = "Work and school are two thirds of it", subtitle = "Trips by bicycle on a working day, by purpose",
        source = all.work },
      params.appendix and b.table {
        rows = data.tables.routes, caption = "Routes opened in 2024", source = data.sources.works,
        columns = { { key = "name", width = "1fr" }, { key = "opened" }, { key = "length", decimals = 1, sum = true },
          { key = "daily" } }, units = true } or nil,
      b.sources {},
    }
  end,
}
