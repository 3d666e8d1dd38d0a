--- The flagship: a briefing on the conference of 2022 about the innovation ecology of Beijing E-Town. This file holds
--- the layout alone and is the same for every language; the words are in briefing/<language>.lua, the figures in
--- data/etown-2022.json, colours and type in themes/etown.lua, the drawings made by hand in briefing/.
local b = require "briefpress"
local engine = require "briefpress.engine"
local draw_cover = require "briefing.cover"
local draw_hectares = require "briefing.hectares"

local RAIL, GAP = 112, 24 -- The margin column of figures beside the text, and the space between.
local MEASURE <const> = 364 -- Prose that stands alone is no wider: some 72 letters, or 34 Chinese characters.

--- What the $words in the texts stand for: dates as a reader of the language writes them, and the speaker's name.
local function marks(data)
  local enterprises = data.indicators.hightech_enterprises
  local function year(period) return engine.format.date(period:sub(1, 4)) end
  return {
    stock = year(data.indicators.rd_institutions.period),
    start = enterprises:change().from, -- As the data writes it, to name the observation by.
    before = year(enterprises:change().from),
    year = year(enterprises.period),
    now = engine.format.date(data.indicators.parks.period),
    from = year(data.indicators.transfer_projects.period),
    order = engine.format.date(data.milestones.first_order.date),
    speaker = data.event.speakers[1].name,
  }
end

--- A copy of the words with their $words filled; one that is not among the values stays for later.
local function fill(words, values)
  if type(words) == "string" then return words:find("$", 1, true) and (words:gsub("%$(%l+)", values)) or words end
  local filled = {}
  for key, text in pairs(words) do filled[key] = fill(text, values) end
  return filled
end

local function paragraphs(list)
  local blocks = {}
  for i, text in ipairs(list) do blocks[i] = b.text(text) end
  return blocks
end

--- Text on the whole page, in lines of a length that is read with ease.
local function prose(blocks)
  return b.stack { width = MEASURE, blocks }
end

--- A heading inside a section that neither the contents nor the numbering count.
local function titled(title)
  return b.heading { title, level = 2, numbered = false, bookmark = false, contents = false }
end

--- Two columns: figures below each other in the margin, the text beside them.
local function beside(rail, main)
  return b.row {
    widths = { RAIL, "1fr" }, gap = GAP,
    b.grid { columns = 1, rules = true, row_gap = 14, rail },
    b.stack(main),
  }
end

--- Makes figures without their units, for the labels say what is counted, from what the source prints. One that follows
--- exactly from printed ones says so; an estimate does by its status.
local function figures_of(data, computed)
  return function(id, options)
    local indicator = data.indicators[id]
    local spec = { id, unit = false, note = indicator.derived and indicator.status == "A" and computed or nil }
    for key, value in pairs(options or {}) do spec[key] = value end
    return b.figure(spec)
  end
end
local figure -- Made for the data and the language at hand, before the sections are.

local function question(words)
  return b.callout { title = words.question_title, b.text { words.question, style = "small" } }
end

--- A section that opens a page: figures in the margin, lead and text beside them, then the chart and what to ask next.
local function theme_page(data, id, words, rail, chart, more)
  return b.section {
    title = data.themes[id].title, id = id, break_before = true,
    beside(rail, { b.text { words.lead, style = "lead" }, paragraphs(words.text), chart, more, question(words) }),
  }
end

local function cover(data, words)
  return b.cover {
    margins = { top = 62, right = 62, bottom = 54, left = 62 }, align = "bottom",
    background = draw_cover {
      count = data.indicators.base_stations_5g.value, x = 297.64, y = 318, radius = 235.6,
      paper = "ink", dot = "#f4f1ea", origin = "#ee7458",
    },
    b.text { words.kicker, style = "label", color = "#ee7458", weight = 600, space_after = 6 },
    b.text { data.dataset.title, style = "cover_title", space_after = 10 },
    b.text { data.dataset.subtitle, style = "cover_subtitle", space_after = 22 },
    b.text { words.event, style = "small", color = "#f4f1ea", space_after = 10 },
    b.text { words.caption, style = "caption", color = "#a9b4c4", width = 330 },
  }
end

--- What was said where, when and by whom, as a table of two columns.
local function event_table(data, words)
  local event = data.event
  local rows = {
    { words.name, event.name },
    { words.date, engine.format.date(event.start) },
    { words.venue, event.venue },
    { words.host, event.host },
  }
  for i, person in ipairs(event.speakers) do
    table.insert(rows, 4 + i, { words.speaker, fill(words.person, {
      name = person.name, role = person.role, organisation = person.organisation }) })
  end
  return b.table {
    header = false, rows = rows,
    columns = { { key = 1, width = 86, style = "label", stub = true }, { key = 2, width = "1fr" } },
  }
end

--- The dates that the figures belong to, to scale.
local function moments(data, words)
  return b.chart.timeline {
    title = words.title, label_width = 128,
    { date = data.milestones.transfer_start.date, text = words.from },
    { date = data.indicators.rd_institutions.period, text = words.stock },
    { date = data.milestones.first_order.date, text = words.order },
    { date = data.event.start, text = words.event },
  }
end

local function front(data, words)
  return {
    b.heading { words.contents, numbered = false, contents = false },
    b.contents { title = false, depth = 1 },
    titled(words.event.title), event_table(data, words.event),
    titled(words.reading.title), prose { b.list(words.reading.items) },
    moments(data, words.reading.moments),
  }
end

local function glance(words)
  local cards, order = { columns = 3, gap = 24, row_gap = 14, rules = true, space_before = 18, space_after = 8 }, {
    "rd_institutions", "hightech_enterprises", "hightech_growth", "postdoc_stations", "parks", "service_platforms",
    "incubation_spaces", "pilot_test_hectares", "base_stations_5g", "standards_share", "transfer_projects",
    "new_technologies",
  }
  for i, id in ipairs(order) do cards[i] = figure(id, { label = words.cards[id], wording = true }) end
  return b.section {
    title = words.title, id = "glance", break_before = true,
    b.text { words.lead, style = "lead" },
    prose(paragraphs(words.text)),
    b.grid(cards),
    titled(words.findings_title),
    prose { b.list(words.findings) },
  }
end

local function resources(data, words)
  local all = data.indicators
  return theme_page(data, "resources", words, {
    figure "rd_institutions", figure "rd_national", figure "rd_municipal", figure "postdoc_stations",
  }, b.chart.waffle {
    title = words.chart.title, subtitle = words.chart.subtitle, source = all.rd_institutions,
    value = all.rd_national, total = all.rd_institutions, columns = 28,
  })
end

--- Which starting points would round to the printed rate: the computed one and its two neighbours.
local function starting_points(data, words)
  local enterprises, growth = data.indicators.hightech_enterprises, data.indicators.hightech_growth
  local start = math.tointeger(enterprises.value - enterprises:change().absolute)
  local rows = {}
  for i, count in ipairs { start - 1, start, start + 1 } do
    local rate = (enterprises.value / count - 1) * 100
    local rounded = engine.format.number(rate, { decimals = 1, percent = true })
    local agrees = rounded == engine.format.number(growth.value, { decimals = 1, percent = true })
    rows[i] = { count, engine.format.number(rate, { decimals = 3, percent = true }), rounded,
      agrees and words.agrees or words.differs }
  end
  return b.table {
    caption = words.title, rows = rows,
    columns = {
      { title = words.columns.start, width = "1fr", align = "left" },
      { title = words.columns.rise, width = "1fr", align = "right" },
      { title = words.columns.rounded, width = "1fr", align = "right" },
      { title = words.columns.verdict, width = "1fr", align = "right" },
    },
  }
end

local function industry(data, words)
  local enterprises, added = data.indicators.hightech_enterprises, data.indicators.hightech_added
  local change = enterprises:change()
  local carried = enterprises.value - change.absolute
  return theme_page(data, "industry", words, {
    figure "hightech_enterprises", figure "hightech_growth", figure "hightech_added",
    figure "enterprises_per_institution",
  }, b.chart.bar {
    title = words.chart.title, subtitle = words.chart.subtitle, source = enterprises, stacked = true,
    bar_width = 18, series = words.chart.series,
    { label = fill(words.chart.computed, { period = engine.format.date(change.from) }), values = { carried, 0 } },
    { label = engine.format.date(change.to), values = { carried, added } },
  }, starting_points(data, words.starts))
end

local function environment(data, words)
  local all, bars = data.indicators, {}
  for i, id in ipairs { "service_platforms", "parks", "incubators", "maker_spaces" } do
    bars[i] = { label = words.chart.labels[id], value = all[id] }
  end
  bars.title, bars.subtitle = words.chart.title, words.chart.subtitle
  bars.source, bars.color = all.parks, "ink"
  local hectares = all.pilot_test_hectares.value
  local side = fill(words.area.side, { number = engine.format.number(math.sqrt(hectares) / 10) })
  return theme_page(data, "environment", words, {
    figure "service_platforms", figure "parks", figure "incubators", figure "maker_spaces",
    figure("pilot_test_hectares", { label = words.area.label }),
    b.stack {
      draw_hectares { count = hectares, width = RAIL, side = side, alt = words.area.alt },
      b.text { words.area.caption, style = "caption", space_before = 4 },
    },
  }, b.chart.bar(bars))
end

local function society(data, words)
  local all = data.indicators
  return theme_page(data, "society", words, {
    figure "intelligent_standards", figure("standards_share", { wording = true }),
    figure("standards_contributed", { label = words.contributed }),
    figure("base_stations_5g", { label = words.stations }),
  }, b.chart.waffle {
    title = words.chart.title, subtitle = words.chart.subtitle, source = all.intelligent_standards,
    value = all.standards_contributed, total = all.intelligent_standards, columns = 28,
  })
end

local function statements(list, style)
  local rows = {}
  for i, item in ipairs(list) do rows[i] = { item.title, item.role ~= "" and item.role or item.text } end
  return b.table {
    header = false, rows = rows,
    columns = { { key = 1, width = "1fr", style = style, stub = true }, { key = 2, width = "1fr" } },
  }
end

local function transfer(data, words)
  local all = data.indicators
  return b.section {
    title = data.themes.transfer.title, id = "transfer", break_before = true,
    beside({ figure "base_partners", figure "transfer_projects", figure "transfer_per_year",
      figure "new_technologies" }, {
      b.text { words.lead, style = "lead" }, paragraphs(words.text),
      b.chart.bar {
        title = words.chart.title, subtitle = words.chart.subtitle, source = all.new_technologies, color = "ink",
        { label = words.chart.labels.transfer_projects, value = all.transfer_projects },
        { label = words.chart.labels.new_technologies, value = all.new_technologies },
      },
      titled(words.partners_title),
      statements(data.partners),
      titled(words.policies_title),
      b.text(words.policies),
    }),
  }
end

--- Every observation of every indicator as a row, oldest first within its indicator.
local function observations(data)
  local rows = {}
  for _, indicator in ipairs(data.indicators) do
    for _, observation in ipairs(indicator:series()) do
      rows[#rows + 1] = { indicator = indicator, observation = observation }
    end
  end
  return rows
end

--- The value of a row in the source's words where it has some, through the ledger like every figure.
local function printed(row)
  return ("{%s | period=%s wording}"):format(row.indicator.id, row.observation.period)
end

--- Text that is printed as it is, whatever Markdown might see in it.
local function verbatim(text) return text end

--- The numbers alone of a locator such as "paragraphs 4 and 5".
local function paragraphs_of(locator)
  local numbers = {}
  for number in locator:gmatch "%d+" do numbers[#numbers + 1] = number end
  return table.concat(numbers, ", ")
end

local function indicators(data, words)
  return b.section {
    title = words.title, id = "indicators", break_before = true,
    b.text { words.lead, style = "lead" },
    b.table {
      rows = observations(data), style = "table_small",
      group = function(row) return row.indicator.theme.title end,
      columns = {
        { title = words.columns.label, width = "1fr", key = function(row) return row.indicator.label end },
        { title = words.columns.value, width = 66, align = "right", key = printed },
        { title = words.columns.unit, width = 64, key = function(row) return row.indicator.unit end },
        { title = words.columns.period,
          key = function(row) return engine.format.date(row.observation.period, "medium") end },
        { title = words.columns.paragraph, width = 40, align = "center",
          key = function(row) return paragraphs_of(row.observation.locator) end },
        { title = words.columns.status, width = 26, align = "center",
          key = function(row) return row.observation.status end },
      },
    },
  }
end

--- The computed figures with their formulas.
local function workings(data, words)
  local rows = {}
  for _, row in ipairs(observations(data)) do
    if row.observation.derived then rows[#rows + 1] = row end
  end
  return b.table {
    rows = rows, style = "table_small",
    columns = {
      { title = words.label, width = "1fr", key = function(row) return row.indicator.label end },
      { title = words.formula, width = "1.2fr", format = verbatim,
        key = function(row) return row.indicator.formula end },
      { title = words.value, width = 62, align = "right", key = printed },
    },
  }
end

--- What the data says about single figures beyond their numbers, in two columns.
local function notes(data, words)
  local texts = { count = 2, gap = GAP, b.text { words.names, style = "note" } }
  for _, indicator in ipairs(data.indicators) do
    if indicator.note ~= "" then
      local parts = { label = ("{%s.label}"):format(indicator.id), note = ("{%s.note}"):format(indicator.id) }
      texts[#texts + 1] = b.text { fill(words.note, parts), style = "note" }
    end
  end
  return b.columns(texts)
end

local function method(data, words)
  local checks = { style = "small" }
  for i, check in ipairs(data.checks) do checks[i] = check.text end
  return b.section {
    title = words.title, id = "method",
    b.text { words.lead, style = "lead" },
    prose(paragraphs(words.text)), b.sources { title = false },
    titled(words.derived_title), workings(data, words.derived_columns),
    titled(words.notes_title), notes(data, words),
    titled(words.checks_title), b.text(words.checks), b.columns { count = 2, gap = GAP, b.list(checks) },
  }
end

return function(data)
  local words = fill(require("briefing." .. data.language:match "^%a+"), marks(data))
  figure = figures_of(data, words.computed)
  return b.report {
    title = data.dataset.title, subtitle = data.dataset.subtitle, paper = "A4", numbered = true,
    theme = require "themes.etown", footer = b.footer,
    cover(data, words.cover),
    front(data, words),
    glance(words.glance),
    resources(data, words.resources),
    industry(data, words.industry),
    environment(data, words.environment),
    society(data, words.society),
    transfer(data, words.transfer),
    indicators(data, words.indicators),
    method(data, words.method),
  }
end
