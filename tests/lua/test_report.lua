-- Whole reports: what is drawn, tagged and told, through the drawing steps.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{
  "dataset": {"id": "d", "title": "Sample", "languages": ["en"], "published": "2022-09-03"},
  "sources": [{"id": "s1", "title": "The bulletin", "publisher": "Office", "url": "https://example.org/", "date": "2022-09-01"}],
  "indicators": [
    {"id": "national", "label": "National", "unit": {"one": "institution", "other": "institutions"},
     "observations": [{"period": "2021", "value": 25, "source": "s1", "locator": "table 3"}]},
    {"id": "municipal", "label": "Municipal *", "unit": {"one": "institution", "other": "institutions"},
     "observations": [{"period": "2021", "value": 1339, "source": "s1", "locator": "table 3"}]},
    {"id": "projects", "label": "Projects",
     "observations": [{"period": "2020", "value": 400}, {"period": "2021", "value": 600, "qualifier": "more_than"}]}
  ]
}]]

--- Renders blocks; answers the drawing steps and what the rendering tells.
local function draw(spec)
  spec.footer = spec.footer or false
  testing.trace()
  local told = run.render(b.report(spec), testing.document(), data, { place = "north", reply_by = "2025-05-23",
    ["last-year"] = 2026, rate = 1234.5, draft = false })
  return testing.trace(), told
end

local function count(text, part)
  local n, at = 0, 1
  while true do
    local from, to = text:find(part, at, true)
    if not from then return n end
    n, at = n + 1, to + 1
  end
end

t.describe("b.format", function()
  t.it("writes what a layout computed as the report's language does", function()
    t.equal(b.format.number(1234.5, { decimals = 2 }), "1,234.50")
    t.equal(b.format.date "2024-09-03", "3 September 2024")
    t.equal(b.format.list { "tram", "bus" }, "tram and bus")
    t.equal(b.format.plural(1), "one")
  end)
end)

t.describe("placeholders", function()
  t.it("print what the indicator's format gives, also inside Markdown", function()
    local trace = draw { "There were **{municipal | unit}** and {projects}, {national | decimals=1}." }
    t.contains(trace, '"1,339')
    t.contains(trace, "more than")
    t.contains(trace, "25.0")
  end)
  t.it("print labels literally, whatever Markdown would see in them", function()
    t.contains(draw { "{municipal.label}" }, '"Municipal *"')
    t.contains(draw { b.figure { "municipal" } }, '"Municipal *"')
  end)
  t.it("know parameters, the dataset and braces", function()
    local trace = draw { "{params.place} {dataset.title} {{braces}}" }
    t.contains(trace, '"north Sample {braces}"')
  end)
  t.it("print parameters of any name and type: dates in a style, numbers as they are or grouped", function()
    local trace = draw { "{params.reply_by} {params.reply_by | long} {params.last-year} {params.rate} "
      .. "{params.rate | number} {params.draft}" }
    t.contains(trace, '"2025-05-23 23 May 2025 2026 1234.5 1,234.5 No"')
    t.raises("the parameter is not set (-p reply_to=…)", draw, { "{params.reply_to}" })
  end)
  t.it("stand in targets of links too", function()
    t.contains(draw { "[here](https://example.org/{params.place}/{national})" }, "https://example.org/north/25")
  end)
  t.it("blame the layout's line, with the nearest name", function()
    local message = t.raises('{natoinal}: no such indicator; did you mean "national"?', draw, { "{natoinal}" })
    t.contains(message, "test_report.lua:")
    t.raises('no such field; did you mean "label"?', draw, { "{national.lable}" })
    t.raises('no such format; did you mean "unit"?', draw, { "{national | units}" })
    t.raises("the parameter is not set", draw, { "{params.missing}" })
    t.raises("there is no earlier period", draw, { "{national.change}" })
  end)
  t.it("enter the ledger with source, page and box", function()
    local _, told = draw { "Text", b.page_break(), "There were {national}." }
    local entry = told.ledger[1]
    t.equal({ entry.id, entry.value, entry.period, entry.source, entry.locator, entry.printed },
      { "national", 25, "2021", "s1", "table 3", "25" })
    t.equal({ #entry.boxes, entry.boxes[1].page }, { 1, 2 })
    t.equal({ entry.unit, entry.formula, entry.format }, { "institutions", "", "" })
    t.truthy(entry.boxes[1].x > 64 and entry.boxes[1].width > 5, "the box is where it stands")
  end)
  t.it("enter what an earlier period says, not the newest", function()
    local _, told = draw { "From {projects | period=2020} to {projects}.",
      b.chart.bar { title = "Projects", source = false, periods = true, "projects" } }
    local seen = {}
    for i, entry in ipairs(told.ledger) do seen[i] = ("%s %g %s"):format(entry.period, entry.value, entry.printed) end
    t.equal(seen, { "2020 400 400", "2021 600 more than 600", "2020 400 400", "2021 600 more than 600" })
  end)
end)

t.describe("text", function()
  t.it("folds line ends, keeps forced ones, and parts at blank lines", function()
    local trace = draw { "one\n   two\\\nthree\n\nfour" }
    t.contains(trace, '"one two"')
    t.contains(trace, '"three"')
    t.equal(count(trace, "tag P"), 2)
    t.equal(count(draw { b.text "\n \nfive\n \t\n\r\n  six\n\n" }, "tag P"), 2)
    t.equal(count(draw { b.text "\n\n \n" }, "tag P"), 1)
  end)
  t.it("gives marked-up words their style, each look of each style its own", function()
    local trace = draw { "p *a* **b** ***c*** [d](#x) *e*", b.text { "p *a* **b**", weight = 600, id = "x" } }
    t.contains(trace, '"p " Inter-Regular 10 #1f2933 + "a" Inter-Italic + " " Inter-Regular + "b" Inter-SemiBold + " " '
      .. 'Inter-Regular + "c" Inter-SemiBoldItalic + " " Inter-Regular + "d" #1f4e79 tag Reference + " " #1f2933 + "e" Inter-Italic')
    t.contains(trace, '"p " Inter-SemiBold 10 #1f2933 + "a" Inter-SemiBoldItalic + " " Inter-SemiBold + "b" Inter-Bold')
  end)
  t.it("leaves and takes two lines at a page's end", function()
    local words = ("Ten words are here so that a line may fill. "):rep(8)
    for height = 100, 190, 15 do
      local trace = draw { paper = { 220, height }, margins = { top = 10, bottom = 10, left = 10, right = 10 }, words }
      local fewest = 9
      for page in (trace .. "page "):gmatch("(.-)page ") do
        local lines = count(page, "\ntext ")
        if lines > 0 then fewest = math.min(fewest, lines) end
      end
      t.truthy(fewest >= 2, ("%d lines alone at height %d"):format(fewest, height))
    end
  end)
  t.it("goes on as one element over pages", function()
    local trace = draw { paper = { 220, 100 }, margins = { top = 10, bottom = 10, left = 10, right = 10 },
      ("Ten words are here so that a line may fill. "):rep(6) }
    t.truthy(count(trace, 'tag P id "p-1"') >= 2)
  end)
end)

t.describe("headings", function()
  t.it("are numbered, named, bookmarked and in the contents", function()
    local trace = draw { numbered = true, b.contents(),
      b.section { title = "One", id = "one", "words", b.section { title = "Within", "words" } },
      b.section { title = "Two", break_before = true, "words" } }
    for _, part in ipairs { "tag H1", "tag H2", '"1.1"', "tag TOC", "tag TOCI", "#one" } do t.contains(trace, part) end
  end)
  t.it("tell of a level that is left out", function()
    testing.findings()
    draw { b.heading "One", "words", b.heading { "Three", level = 3 }, "words" }
    local findings = testing.findings()
    t.contains(findings[1].text, "level 3 follows one of level 1")
    t.contains(findings[1].place, "test_report.lua:")
  end)
end)

t.describe("pages", function()
  t.it("that are asked for by number are right, whatever moves", function()
    local words = ("Words that fill the page. "):rep(120)
    local trace = draw { paper = "A6", "See page {page:end}.", words, b.heading { "End", id = "end" }, "words" }
    local number = tonumber(trace:match('"See page " [^+]+ %+ "(%d+)"'))
    local last = 0
    for _ in trace:gmatch("\npage ") do last = last + 1 end
    t.equal(number, last + 1)
  end)
  t.it("are counted in the footer, but not on a report of one", function()
    t.contains(draw { footer = b.footer, "a", b.page_break(), "b" }, '"Page 2 of 2"')
    t.equal(count(draw { footer = b.footer, "a" }, "Page"), 0)
  end)
  t.it("keep headers and footers out of the structure", function()
    local trace = draw { footer = function() return b.text "[Foot](https://example.org)" end, "a" }
    t.contains(trace, "artifact Footer")
    t.equal({ count(trace, "tag P"), count(trace, "\nlink ") }, { 1, 0 })
  end)
end)

t.describe("tables", function()
  local rows = {}
  for i = 1, 12 do rows[i] = { "Row " .. i, i * 1000 } end
  local function small(spec)
    spec.columns, spec.rows = { "Name", "Amount" }, rows
    return { paper = { 200, 140 }, margins = { top = 10, bottom = 10, left = 10, right = 10 }, b.table(spec) }
  end
  t.it("repeat their header as an artifact", function()
    local trace = draw(small {})
    t.equal(count(trace, 'tag TH scope "Column"'), 2)
    t.truthy(count(trace, "artifact Pagination") >= 2)
    for i = 1, 12 do t.equal(count(trace, ('"Row %d"'):format(i)), 1) end
  end)
  t.it("never leave a row alone on a page", function()
    local trace = draw(small { repeat_header = false })
    for page in (trace .. "page "):gmatch("\n(.-)page ") do
      if page:find("tag Table", 1, true) then t.truthy(count(page, '"Row ') >= 2, "two rows on a page") end
    end
  end)
  t.it("set figures flush right and text flush left", function()
    local trace = draw(small {})
    local right = tonumber(trace:match('text ([%d.]+) [%d.]+ "1,000"'))
    local wider = tonumber(trace:match('text ([%d.]+) [%d.]+ "10,000"'))
    t.truthy(wider < right, "the longer figure begins further left")
  end)
  t.it("say what is wrong with a column", function()
    t.raises('table: column 1: no option "titel"; did you mean "title"?', function()
      local x = b.table { columns = { { titel = "A" } }, rows = {} }
      return x
    end)
    t.raises("must give a string", draw, { b.table { columns = { { title = "A", format = function() end } },
      rows = { { 1 } } } })
  end)
end)

t.describe("charts", function()
  t.it("are one figure each, with a text that says what they show", function()
    local trace = draw { b.chart.bar { title = "Most are municipal", "national", "municipal" } }
    t.contains(trace, 'tag Figure alt "Bar chart: Most are municipal. National: 25; Municipal *: 1,339"')
    t.contains(trace, "Source: Office, The bulletin")
  end)
  t.it("begin at zero", function()
    local trace = draw { b.chart.bar { labels = "none", { label = "a", value = 50 }, { label = "b", value = 100 } } }
    local widths = {}
    for width in trace:gmatch("path R [%d.]+ [%d.]+ ([%d.]+) ") do widths[#widths + 1] = tonumber(width) end
    t.near(widths[2] / widths[1], 2, 0.01)
  end)
  t.it("refuse what cannot be shown", function()
    t.raises("below zero", draw, { b.chart.donut { { label = "a", value = -1 } } })
    t.raises("it has no items", draw, { b.chart.bar {} })
    t.raises("greater than the total", draw, { b.chart.waffle { value = 5, total = 3 } })
    t.raises("is no date", draw, { b.chart.timeline { { date = "soon", title = "x" } } })
    t.raises('chart.bar "natoinal": no such indicator; did you mean "national"?', draw, { b.chart.bar { "natoinal" } })
  end)
end)

t.describe("a user's own block", function()
  t.it("flows, splits and is drawn like the shipped ones", function()
    local function own(from)
      return b.block {
        space_before = 0, space_after = 0,
        layout = function(_, _, width, height)
          local fit = math.min(10 - from, math.floor(height / 20))
          if fit < 1 then return nil end
          return { width = width, height = fit * 20, draw = function(_, canvas, x, y)
            for i = 0, fit - 1 do canvas:rect(x, y + i * 20, 10, 10, { fill = "#000000" }) end
          end }, from + fit < 10 and own(from + fit) or nil
        end,
      }
    end
    local trace = draw { paper = { 200, 100 }, margins = { top = 10, bottom = 10, left = 10, right = 10 }, own(0) }
    t.equal({ count(trace, "path R "), count(trace, "page ") }, { 10, 3 })
  end)
  t.it("is named when it is higher than a page", function()
    local message = t.raises("a block of 5000 points is higher than the page", draw,
      { b.canvas { height = 5000, draw = function() end } })
    t.contains(message, "test_report.lua:")
  end)
  t.it("is told when it asks for pages without saying so", function()
    t.raises("set uses_pages = true", draw, { b.block { layout = function(_, cx) return cx:page_count() end } })
  end)
end)

t.describe("contrast", function()
  t.it("that is too low is a finding with its place", function()
    testing.findings()
    draw { b.text { "faint words", color = "#cccccc" } }
    t.contains(testing.findings()[1].text, "#cccccc on #ffffff has a contrast of 1.6")
  end)
end)
