--- A fact sheet: all that matters on one page. A band with the title, four figures, two charts beside each other, a
--- table and the sources.
local b = require "briefpress"

return b.layout {
  title = "Fact sheet", description = "One page of figures.",
  params = { contact = { default = "statistics@lindenau.example", description = "Where questions go" } },
  function(data)
    local all = data.indicators

    local years = {}
    for i, point in ipairs(all.injured:series()) do years[i] = { label = point.period, value = point.value } end
    years.title, years.subtitle, years.direction = "Fewer are hurt each year", "Cyclists badly injured", "vertical"
    years.source = all.injured

    local title = { "cover_title", color = "on_accent", space_before = 0, space_after = 0 }
    return b.report {
      title = data.dataset.title,
      margins = { top = 0, left = "18mm", right = "18mm", bottom = "20mm" },
      footer = function() return b.text { "Questions: {params.contact}. Sample data.", style = "footer" } end,
      -- The band reaches the edges of the page: it is placed on the page, and room is left for it in the flow.
      b.place { of = "page", x = 0, y = 0, width = "100%",
        b.stack { fill = "accent", padding = { x = "18mm", top = "14mm", bottom = "8mm" },
          b.text { "Fact sheet, {dataset.published | month}", style = { "caption", color = "on_accent" } },
          b.heading { "{dataset.title}", style = title } } },
      b.space "46mm",
      b.row { rule = true,
        b.figure { "trips", change = true }, b.figure "share",
        b.figure { "routes", change = true }, b.figure { "injured", change = true } },
      b.row { widths = { "1fr", "1fr" }, gap = 28,
        b.chart.bar(years),
        b.chart.bar { all.work, all.school, all.errands, all.leisure, title = "Most ride to work",
          subtitle = "Trips on a working day, by purpose", source = all.work, height = 150 } },
      b.table { rows = data.tables.routes, caption = "Routes opened in 2024", units = true, total = true,
        source = data.sources.works,
        columns = { { key = "name", width = "1fr" }, { key = "opened" }, { key = "length", decimals = 1, sum = true },
          { key = "daily" } } },
      b.text { "A trip is counted at one of 64 counters; passing two of them within ten minutes is one trip.",
        style = "small" },
      b.sources {},
    }
  end,
}
