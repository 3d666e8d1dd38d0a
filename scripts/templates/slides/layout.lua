--- Slides, 16:9, light words on a deep ground. Each slide is a function call; what does not fit on one is an error with
--- its line, not a smaller font.
local b = require "briefpress"

--- A slide: its message as a heading, then what shows it.
local function slide(title, ...)
  return { b.page_break(), b.heading { title, id = title:gsub("%W+", "-"):lower() }, ... }
end

return b.layout {
  title = "Slides", description = "A talk of five slides.",
  params = {
    speaker = { default = "Department of Works", description = "Who speaks" },
    held = { type = "date", default = "2025-03-20", description = "When" },
  },
  function(data)
    local all = data.indicators

    local years = {}
    for i, point in ipairs(all.trips:series()) do years[i] = { label = point.period, value = point.value } end
    years.direction, years.height, years.source = "vertical", 305, all.trips

    return b.report {
      title = data.dataset.title, theme = "slides",
      b.cover { align = "middle",
        background = b.canvas { draw = function(canvas, _, _, width, height, cx)
          canvas:rect(0, 0, width, height, { fill = cx:color "paper" })
          local x, y = width * 0.86, height * 0.5 -- A wheel.
          for i = 1, 24 do
            local angle = i * math.pi / 12
            canvas:line(x + 26 * math.cos(angle), y + 26 * math.sin(angle), x + 176 * math.cos(angle),
              y + 176 * math.sin(angle), { stroke = cx:color "faint", line_width = 1 })
          end
          canvas:circle(x, y, 26, { stroke = cx:color "faint", line_width = 3 })
          canvas:circle(x, y, 180, { stroke = cx:color "accent", line_width = 8 })
        end },
        b.text { "{dataset.title}", style = "cover_title" },
        b.text { "{params.speaker}, {params.held | long}", style = "cover_subtitle" } },
      slide("Nearly one trip in five is made by bicycle",
        b.fill(),
        b.row { b.figure "share", b.figure { "routes", change = true },
          b.figure { "injured", change = true } },
        b.fill(),
        b.text { "More people ride, on more protected routes, and fewer are hurt.", style = "lead" }),
      slide("Two fifths more trips than four years ago", b.chart.bar(years)),
      slide("It is connections that count, not kilometres",
        b.row { widths = { "3fr", "2fr" },
          b.chart.bar { title = "Cyclists a day on routes opened in 2024", height = 290,
            source = data.sources.works,
            { label = "University bridge", value = 9870 }, { label = "Harbour ring", value = 8140 },
            { label = "Northern line", value = 5320 }, { label = "Mill stream", value = 2960 },
            { label = "Eastern villages", value = 1450 } },
          b.stack {
            b.text "The **University bridge** is the shortest of the five, 0.9 km, and carries the most.",
            b.text "It closes a gap: before, the way round was 2.6 km." } }),
      slide("What comes next",
        b.fill(),
        b.list { ordered = true, style = "lead", gap = 24,
          "The railway station: plans are ready, work can begin in May.",
          "Winter service for all protected routes.", "Ten more counters, to know where the next gap is." },
        b.fill(2)),
    }
  end,
}
