--- A poster on A2: one large figure, a grid whose cells span columns and rows and fill the sheet, a turned line along
--- its edge. Nothing touches the edge of the paper, so it prints without bleed.
local b = require "briefpress"
local plain = require "themes.plain"

-- A poster is read from two metres: all type is about twice as large, all distances with it.
local theme = b.theme(plain, {
  colors = {
    paper = "#ffffff", ink = "#0b2e33", text = "#1c3a3e", muted = "#4c6a6e", accent = "#0f6e6e",
    accent_soft = "#e8f2f0", deep = "#0b3d40", series = { "#0f6e6e", "#d08a2e", "#7fb0ab" },
  },
  type = {
    h1 = { size = 84, leading = 88, tracking = -22 }, h2 = { size = 25, leading = 32, weight = 600 },
    lead = { size = 27, leading = 38 }, body = { size = 19, leading = 28.5 }, small = { size = 15, leading = 21 },
    caption = { size = 14, leading = 20 }, label = { size = 18, leading = 24 }, source = { size = 14, leading = 20 },
    figure = { size = 66, leading = 76 }, figure_unit = { size = 19, leading = 24 },
    chart_title = { size = 24, leading = 31 }, chart_subtitle = { size = 17, leading = 24, space_after = 10 },
    chart_label = { size = 16, leading = 21 },
    giant = { like = "figure", size = 330, leading = 290, tracking = -30, color = "on_accent", weight = 600,
      features = "-tnum" },
  },
  space = { gap = 28, block = 22, unit = 8 },
})

--- The observations of an indicator, as charts take them.
local function items(indicator)
  local list = {}
  for i, seen in ipairs(indicator:series()) do
    list[i] = { label = seen.period, value = seen.value, year = tonumber(seen.period) }
  end
  return list
end

--- A card of the grid.
local function card(spec)
  spec.fill, spec.padding = spec.fill or "accent_soft", spec.padding or 32
  return b.cell(spec)
end

return function(data)
  local species = data.indicators.species
  return b.report {
    title = data.dataset.title, paper = { "420mm", "594mm" }, theme = theme, footer = false,
    margins = { top = 76, bottom = 60, left = 96, right = 76 },
    -- Along the left edge, outside of the margins: read upwards, and no room taken from the flow.
    b.place { of = "page", x = 38, bottom = 60, b.rotate { b.text { "RIVER SURVEY · 1988 TO 2024 · SAMPLE DATA",
      style = "caption", tracking = 120 } } },
    b.heading { "A river comes back", space_before = 0 },
    b.text { "In 1988 hardly a fish lived below the town. Since then the water has been cleaned, the banks have been "
      .. "freed and the weirs opened, and life has taken its time and its chance.", style = "lead", width = "82%" },
    -- The rest of the sheet is one grid: its rows share what is left, so nothing has to be measured by hand.
    b.grid {
      columns = 4, height = "100%", row_heights = { "5fr", "4.2fr", "3.1fr", "auto" }, gap = 22, row_gap = 22,
      card {
        columns = 2, rows = 1, fill = "deep",
        b.text { ("%d"):format(species.value), style = "giant" },
        b.fill(),
        b.text { "species of fish live in the river. In 1988 there were "
          .. "{species | period=1988}.", style = "lead", color = "on_accent" },
      },
      card {
        columns = 2, fill = "paper", padding = { x = 8, y = 4 },
        b.chart.line {
          title = "Every survey found more species than the one before", subtitle = "Species counted, every four years",
          x = "year", y = "value", rows = items(species), height = 340, source = false, points = true, line_width = 3,
        },
      },
      card {
        columns = 3, fill = "paper", padding = { x = 0, y = 4 },
        b.chart.bar {
          title = "In August, when it is warm, the water now holds twice the oxygen it did",
          subtitle = "Milligrams in a litre; salmon need seven", direction = "vertical", bar_width = 52, height = 270,
          source = false, rows = items(data.indicators.oxygen), x = "label", y = "value",
        },
      },
      card { rows = 2, b.text { "What was done", style = "h2", space_before = 0 },
        b.fill(), b.figure "sewers", b.fill(), b.figure "banks", b.fill(), b.figure "passes" },
      card {
        columns = 3,
        b.wrap {
          side = "right", width = "27%", gap = 32, figure = b.figure { "salmon", color = "accent" },
          b.text { "The salmon are back", style = "h2", space_before = 0 },
          b.text("The first three passed the weir in 2012, after more than ninety years. In {salmon.period} the camera "
            .. "at the weir counted {salmon}. They come from the sea in October, wait below the town for the "
            .. "first high water, and spawn in gravel that was under concrete until 2011. All of it was counted by "
            .. "{volunteers | unit}: schools, anglers and neighbours, on one Saturday in May and one in October."),
        },
      },
      b.cell { columns = 4, b.sources { title = false } },
    },
  }
end
