--- Other data, the same library: nothing in it knows what a layout is about.
local b = require "briefpress"

return function(data)
  local all, years = data.indicators, {}
  for i, point in ipairs(all.no2:series()) do years[i] = { label = point.period, value = point.value } end
  years.title, years.direction, years.source = "Less nitrogen dioxide every year", "vertical", all.no2
  return b.report {
    title = data.dataset.title,
    b.heading "Cleaner, but not in summer",
    b.text { "Nitrogen dioxide fell to **{no2}** ({no2.change | plus} on the year before). Ozone went the other way.",
      style = "lead" },
    b.row { b.figure { "no2", change = true }, b.figure "pm25", b.figure { "days", change = true } },
    b.chart.bar(years),
    b.text "Ships that take their power from land leave their engines off: {shore_power} of all calls did.",
    b.table {
      rows = data.tables.stations, caption = "Yearly means of nitrogen dioxide by station",
      columns = { { key = "station", title = "Station" }, { key = "place", title = "Place", width = "1fr" },
        { key = "no2", title = "µg/m³", align = "right" } },
    },
    b.sources {},
  }
end
