--- Every chart once, each with its message as title. Charts read indicators, lists, and tables of the data: `rows` is
--- the table, `x` and `y` name its columns, and `series` the column that tells the lines apart.
local b = require "briefpress"

--- A page of charts that have one source.
local function page(title, ...)
  return { b.heading { title, style = "h2", numbered = false }, ...,
    b.text { "All figures: Yearbook of the city of Harwick (sample data).", style = "caption", space_before = 10 } }
end

--- What changes over time.
local function over_time(data)
  local tables = data.tables
  return {
    b.chart.line {
      title = "Harwick’s air is now cleaner than Port Elm’s", subtitle = "Fine dust, micrograms per cubic metre of air",
      height = 128, y_axis = { zero = true },
      rows = tables.air, x = "year", y = "dust", series = "city", labels = "values", -- A missing value is a gap.
      references = { { y = 10, label = "Guideline for health" } },
      annotations = { { x = 2020, y = 31, text = "Last coal boiler shut" } },
    },
    b.row {
      b.chart.area {
        title = "Wind and sun overtake coal", subtitle = "Share of electricity", height = 104,
        rows = tables.energy, x = "year", y = { "coal", "gas", "hydro", "renewable" }, share = true,
      },
      b.chart.line { -- A band says how sure a value is; of one series the last value is written.
        title = "Rents rise faster than they did", subtitle = "Index of new rents, 2021 = 100, and its uncertainty",
        height = 104, x = { "2021", "2022", "2023", "2024", "2025" },
        { label = "Rents", values = { 100, 104.1, 110.9, 119.2, 131.0 }, low = { 100, 102.6, 108.4, 115.2, 124.5 },
          high = { 100, 105.7, 113.5, 123.3, 137.6 } },
      },
    },
    b.chart.multiples { -- One chart for each district, all on one scale.
      title = "The crisis of 2020 hit every district, each on its own level",
      subtitle = "Unemployment, percent of the labour force", rows = tables.jobless, by = "district", columns = 3,
      chart = function(rows)
        return b.chart.area { rows = rows, x = "year", y = "rate", height = 58,
          y_axis = { max = 12, ticks = { 0, 6, 12 } } }
      end,
    },
    b.chart.timeline { title = "Fifteen years of cleaner transport", from = "2008", to = "2024", data.milestones },
  }
end

--- What is compared.
local function compared(data)
  local all, tables = data.indicators, data.tables
  return {
    b.row {
      b.chart.bar {
        title = "In the Centre four of five do without a car", subtitle = "Ways to work",
        rows = tables.travel, x = "district", y = { "car", "transit", "cycle" }, share = true,
      },
      b.chart.bar { -- No room for figures on the bars: there is an axis.
        title = "Flats have overtaken houses", subtitle = "Building permits", direction = "vertical", height = 142,
        rows = tables.permits, x = "year", y = { "houses", "flats", "conversions" },
      },
    },
    b.row {
      b.chart.dot {
        title = "Women earn less in every occupation", subtitle = "Hourly pay in euros, 2024", sort = "falling",
        rows = tables.wages, x = "job", y = { "women", "men" },
      },
      b.chart.slope {
        title = "The young rent, the old no longer do", subtitle = "Households that rent, percent", height = 142,
        x = { "2014", "2024" }, color = "muted",
        { label = "Under 30", values = { 51, 68 }, color = "accent" },
        { label = "30 to 44", values = { 38, 49 }, color = "accent" },
        { label = "45 to 64", values = { 27, 29 } }, { label = "65 and over", values = { 22, 18 } },
      },
    },
    b.row {
      b.chart.bullet { -- A bar for what is done, a mark for what was planned, grounds for poor, fair and good.
        title = "Tracks and trees are behind the plan", subtitle = "Done of the climate plan by 2024, percent",
        { label = "Electric buses", value = 40, target = 35, ranges = { 20, 35, 50 } },
        { label = "Roofs with panels", value = 31, target = 30, ranges = { 15, 30, 50 } },
        { label = "Cycle tracks", value = 22, target = 30, ranges = { 15, 30, 50 } },
        { label = "Trees planted", value = 17, target = 28, ranges = { 14, 28, 50 } },
      },
      b.chart.waffle {
        title = "Two of five buses are electric", subtitle = "One square is one bus", value = all.electric_buses,
        total = all.buses, shape = "square", height = 100, source = false,
      },
    },
    b.chart.bar { title = "Every third euro goes to schools and child care", subtitle = "Of each 100 euros spent",
      stacked = true, { label = "Schools and child care", value = 38 }, { label = "Other social tasks", value = 19 },
      { label = "Roads, water, parks", value = 21 }, { label = "All else", value = 22 } },
  }
end

--- How things are spread, and what they are made of.
local function spread(data)
  local all, tables = data.indicators, data.tables
  local households = all.households:parts()
  households.title, households.center = "Most households are one person", "**{households}** households"
  households.size, households.source = 96, false
  local budget, groups = { title = "What the city spends", subtitle = "Budget for 2024, million euros", height = 122 },
    {}
  for _, row in tables.budget:rows() do -- Items in groups share a colour.
    local group = groups[row.group]
    if not group then
      group = { label = row.group, items = {} }
      groups[row.group], budget[#budget + 1] = group, group
    end
    group.items[#group.items + 1] = { label = row.item, value = row.millions }
  end
  return {
    b.chart.scatter {
      title = "Where incomes are higher, people live longer", height = 180,
      subtitle = "Districts of Harwick; the area of a circle is the number of people",
      rows = tables.districts, x = "income", y = "years", series = "ring", label = "name", size = "people",
        point_size = 22, trend = true,
      x_axis = { title = "Income a head, thousand euros" }, y_axis = { title = "Life expectancy, years", min = 74 },
    },
    b.row {
      b.chart.histogram {
        title = "Half of all ways take less than half an hour", subtitle = "Ways to work of 240 people",
        rows = tables.commutes, x = "minutes", bin_width = 5, median = true, height = 112,
          x_axis = { title = "Minutes" },
      },
      b.chart.donut(households),
    },
    b.chart.treemap(budget),
    b.table { -- A sparkline is a block: it stands in a cell.
      columns = { { title = "Three figures, twelve years", width = "1fr" }, { title = "2013 to 2024", width = 110 },
        { title = "2024", align = "right", width = 60 } },
      rows = {
        { "Bus passengers, million", b.chart.sparkline { all.passengers, width = 100 }, all.passengers },
        { "Loans of libraries, thousand", b.chart.sparkline { all.loans, width = 100, color = "accent" }, all.loans },
        { "Businesses founded", b.chart.sparkline { all.founded, width = 100, form = "bars" }, all.founded },
      },
    },
  }
end

return function(data)
  return b.report {
    title = data.dataset.title, theme = require "themes.etown",
    margins = { top = 48, right = 56, bottom = 56, left = 56 },
    page("Over time", over_time(data)), b.page_break(),
    page("Compared", compared(data)), b.page_break(),
    page("Spread, and made of", spread(data)),
  }
end
