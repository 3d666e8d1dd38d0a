--- Slides, 16:9. Each slide is a function call; what does not fit on one is an error with its line, not a smaller font.
local b = require "briefpress"

local WIDTH, HEIGHT = 960, 540 -- Points: 13 1/3 by 7 1/2 inches, as projectors show them.

-- The plain theme with type that can be read from the last row.
local theme = b.theme(require "themes.plain", {
  name = "slides",
  type = {
    cover_title = { size = 60, leading = 66, color = "on_accent" },
    cover_subtitle = { size = 22, leading = 30, color = "on_accent" },
    h1 = { size = 34, leading = 41, space_before = 0, space_after = 22 },
    lead = { size = 24, leading = 35 },
    body = { size = 19, leading = 28, space_after = 12 },
    figure = { size = 78, leading = 86 },
    figure_unit = { size = 26, leading = 32 },
    label = { size = 19, leading = 26 },
    caption = { size = 12, leading = 16 },
    footer = { size = 11, leading = 15 },
    chart_title = { size = 18, leading = 24 },
    chart_subtitle = { size = 14, leading = 19 },
    chart_label = { size = 15, leading = 19 },
  },
  space = { gap = 36, block = 22 },
  page = { paper = { WIDTH, HEIGHT }, margins = { top = 50, right = 64, bottom = 60, left = 64 } },
})

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
    years.direction, years.height, years.source = "vertical", 300, all.trips

    return b.report {
      title = data.dataset.title, theme = theme,
      b.cover { align = "middle",
        background = b.canvas { draw = function(canvas, x, y, width, height, cx)
          canvas:rect(x, y, width, height, { fill = cx:color "accent" })
        end },
        b.text { "{dataset.title}", style = "cover_title" },
        b.text { "{params.speaker}, {params.held | long}", style = "cover_subtitle" } },
      slide("Nearly one trip in five is made by bicycle",
        b.fill(),
        b.row { b.figure "share", b.figure { "routes", change = true },
          b.figure { "injured", change = true } },
        b.fill(),
        b.text { "More people ride, on more protected routes, and fewer of them are hurt.", style = "lead" }),
      slide("Two fifths more trips than four years ago", b.chart.bar(years)),
      slide("It is connections that count, not kilometres",
        b.row { widths = { "3fr", "2fr" },
          b.chart.bar { title = "Cyclists a day on routes opened in 2024", height = 260,
            { label = "University bridge", value = 9870 }, { label = "Harbour ring", value = 8140 },
            { label = "Northern line", value = 5320 }, { label = "Mill stream", value = 2960 },
            { label = "Eastern villages", value = 1450 } },
          b.stack {
            b.text "The **University bridge** is the shortest of the five, 0.9 km, and carries the most.",
            b.text "It closes a gap: before, the way round was 2.6 km." } }),
      slide("What comes next",
        b.list { ordered = true, style = "lead", "The railway station: plans are ready, work can begin in May.",
          "Winter service for all protected routes.", "Ten more counters, to know where the next gap is." }),
    }
  end,
}
