--- A two-page fact sheet: a masthead to the paper's edges, figures, charts against limits, a table, notes, a QR code
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  colors = { ink = "#0f3b4c", accent = "#00707c", accent_soft = "#e4f0f1", series = { "#b3541e", "#00707c" } },
  type = { masthead = { like = "h1", size = 30, leading = 36, color = "on_accent", space_before = 8, space_after = 4 },
    kicker = { like = "small", color = "on_accent" },
    h1 = { size = 16, leading = 20 }, lead = { size = 12, leading = 17.5 }, body = { size = 9.5, leading = 14 } },
  page = { margins = { top = "16mm", right = "18mm", bottom = "18mm", left = "18mm" } },
})

local masthead = b.layers { height = 78,
  b.canvas { height = 78, decorative = true, draw = function(canvas, _, y, _, height, cx)
    canvas:rect(0, 0, canvas.width, y + height, { fill = cx:color "ink" })
  end },
  b.stack { fill = "ink", b.entry { "**Fact sheet** – sample data", "{dataset.published | long}", style = "kicker" },
    b.text { "{dataset.title}", style = "masthead" }, b.text { "{dataset.publisher}", style = "kicker" } } }

return function(data)
  local known, stations = data.indicators, data.tables.stations
  local limit = known.no2_limit.value
  local function lines(pollutant)
    return { { value = known[pollutant .. "_limit"].value, label = "EU limit from 2030", color = "ink" },
      { value = known[pollutant .. "_guide"].value, label = "WHO guideline" } }
  end
  local function mark(value) return value > limit and { color = "series.1", weight = 600 } or nil end
  local function lacks(_, row) return row.name == "Harbour Bridge" and "No data from 5 to 19 May: roadworks." or nil end

  local bars, above = { title = "Nitrogen dioxide is a matter of the street", source = known.no2_road,
    subtitle = "NO₂, means of 2025, µg/m³", decimals = 1, references = lines "no2" }, 0
  for i, row in stations:rows() do
    bars[i] = { label = row.name, value = row.year, color = row.year > limit and "series.1" or "series.2" }
    if row.year > limit then above = above + 1 end
  end

  return b.report { theme = theme, page_count = 2, header = { first = false, b.header },
    footer = function(page) return b.entry { "Sample data", page.label .. " / " .. page.count, style = "footer" } end,
    masthead,
    b.text { style = "lead", "Seven stations measure the air of Ahrenfurt every hour. Nitrogen dioxide fell at all of "
      .. "them in 2025, yet three at main roads are still above the limit that the European Union sets from 2030." },
    b.row { rule = true, b.figure { "no2_road_year", change = true, note = "Limit from 2030: 20" },
      b.figure { "pm25_year", change = true, note = "Limit from 2030: 10" },
      b.figure { "pm10_days", change = true, note = "Limit today: 35" },
      b.figure { value = above .. " of " .. #bars, label = "Stations above the limit for NO₂ from 2030",
        note = "The same as in 2024" } },
    b.heading "Along main roads the air stays above the limit of 2030 all year",
    b.chart.line { "no2_road", "no2_background", title = "Nitrogen dioxide is lowest in July and highest in January",
      subtitle = "NO₂, means of the months of 2025, µg/m³", height = 140, y_axis = { min = 0 },
      references = lines "no2" },
    b.row { widths = { "3fr", "2fr" },
      b.chart.area { "pm25", title = "Fine dust comes with the heating", color = "series.2", height = 120,
        subtitle = "PM₂.₅, means of the months of 2025, µg/m³", references = lines "pm25" },
      b.stack { b.heading { "What the lines mean", level = 2, style = "h3" },
        "From 2030 a year’s mean may be at most {no2_limit | unit} of NO₂ and {pm25_limit | unit} of PM₂.₅ in the "
        .. "European Union{pm25_limit.mark}; today it is 40 and 25, which all stations keep.^[The limits are for the "
        .. "mean of a year: a single month above the line is no breach.]",
        "The World Health Organization advises {no2_guide} and {pm25_guide} at most{no2_guide.mark}. Of the seven "
        .. "stations, only the one in the City Park keeps the first, and none the second." } },
    b.page_break(), b.heading "Three of seven stations would miss the limit",
    b.row { widths = { "5fr", "3fr" }, b.chart.bar(bars),
      b.stack { b.heading { "What is planned", level = 2, style = "h3" },
        "By 2027 the city must show how it will keep the limits. Its plan begins with the three roads:",
        b.each(data.policies, function(plan) return b.text("**" .. plan.title .. ".** " .. plan.text) end) } },
    b.table { stations, caption = "Harbour Bridge improved most", source = known.no2_road, group = "kind", units = true,
      notes = { "Coloured: above the limit from 2030, {no2_limit | unit} in the mean of a year." },
      spanners = { { title = "NO₂ by quarter, 2025", from = "q1", to = "q4" },
        { title = "NO₂ by year", from = "year", to = "before" }, { title = "PM₂.₅", from = "pm25" } },
      columns = { { key = "name", stub = true }, { key = "q1" }, { key = "q2", cell_note = lacks }, { key = "q3" },
        { key = "q4" }, { key = "year", cell_style = mark }, { key = "before", cell_style = mark },
        { key = "pm25" } } },
    b.row { widths = { "5fr", "3fr" }, b.sources {},
      b.stack { fill = "accent_soft", padding = 12, b.heading { "All data", level = 2, style = "h3" },
        b.row { widths = { "25mm", "1fr" }, gap = 14, b.qr { "https://example.org/ahrenfurt/air", quiet = false },
          "Every hour of every station since 2009" } } },
  }
end
