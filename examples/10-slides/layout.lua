--- Slides of 16:9 in the dark theme: a title over a ground drawn from the data, one figure, one chart, one table, what
--- follows from them. A slide is a page; its heading says its message, and little else is on it.
local b = require "briefpress"

--- A slide: its message, and blocks below it.
local function slide(message, ...)
  return { b.page_break(), b.heading(message), ... }
end

--- Bars of all months along the foot of the title slide, each as high as its trips: another year has another title.
local function skyline(series)
  local most = 0
  for _, seen in ipairs(series) do most = math.max(most, seen.value) end
  return b.canvas {
    draw = function(canvas, x, y, width, height, cx)
      local step = width / #series
      for i, seen in ipairs(series) do
        local tall = height * 0.42 * seen.value / most
        canvas:rect(x + (i - 1) * step + 2, y + height - tall, step - 4, tall,
          { fill = cx:color(i == #series and "accent" or "accent_soft") })
      end
    end,
  }
end

return function(data)
  local all = data.indicators
  local months = {}
  for i, seen in ipairs(all.trips:series()) do
    months[i] = { month = b.format.date(seen.period):match "%a%a%a", trips = seen.value }
  end
  return b.report {
    title = data.dataset.title, theme = "slides",
    footer = function(page) return b.entry { page.title, page.label, style = "footer" } end,
    b.cover {
      background = skyline(all.trips:series()), margins = { top = 72 },
      b.text { "{dataset.title}", style = "cover_title" },
      b.text { "What its first year tells us about the second", style = "cover_subtitle" },
      b.text { "Town council, {dataset.published | long}. Sample data", style = "small", color = "muted" },
    },
    b.heading "Far more people came than we had planned for",
    b.row {
      widths = { "1.25fr", "1fr" }, gap = 64, space_before = 44,
      b.stack { b.figure { "year", size = 120 },
        b.text { "{planned} {planned.label}. In December every second Friday bus was full.", style = "body",
          space_before = 18 } },
      b.stack { gap = 22, b.figure { "on_time", size = 52, color = "ink" },
        b.figure { "by_car", size = 52, color = "ink" },
        b.figure { "cost", size = 52, color = "ink", decimals = 2 } },
    },
    slide("December had four times the trips of January",
      b.chart.bar { direction = "vertical", rows = months, x = "month", y = "trips", height = 268, bar_width = 46,
        source = all.trips }),
    slide("Two of four lines carry seven trips in ten",
      b.table {
        rows = data.tables.lines, units = true, style = { "table", size = 21, leading = 36 },
        columns = {
          { key = "line", weight = 600, color = "accent", width = 70 }, { key = "to", width = "1fr" },
          { key = "trips", width = 100 }, { key = "late", width = 100, align = "center" },
          { key = "full", title = "Seats taken", width = 200, graphic = { "bar", range = { 0, 100 }, labels = true } },
        },
      },
      b.text { "N4 is early: the airport’s first flight leaves at 6, and its bus arrives at 4.", space_before = 20 }),
    slide("Three things to decide today",
      b.list { ordered = true, gap = 18, style = "lead",
        "**N1 every 20 minutes** on Fridays and Saturdays: it is full by half past one.",
        "**N4 an hour later**, so that it meets the first flight.",
        "**One fare, day and night.** The surcharge brings 4% of fares and costs most complaints." }),
    slide({ "“I sold my second car. My daughter comes home by bus now.”", style = { "h1", size = 46, leading = 56 } },
      b.text { "A passenger of N3, in the survey of November", color = "muted" },
      b.fill(),
      b.sources { title = false }),
  }
end
