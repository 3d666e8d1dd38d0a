-- The glossary of indicators: which are listed, what it says of each, and the pages where they are printed.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local data = testing.data [[{
  "dataset": {"id": "d", "title": "T", "languages": ["en"], "published": "2022-09-03"},
  "sources": [{"id": "s", "title": "Yearbook", "publisher": "Office"}],
  "indicators": [
    {"id": "zinc", "label": "Zinc", "unit": "tonnes", "note": "Refined *zinc*.", "observations": [
      {"period": "2020", "value": 11, "source": "s", "locator": "table 3"}, {"period": "2021", "value": 12, "source": "s"}]},
    {"id": "air", "label": "Air", "unit": "%", "observations": [{"period": "2021", "value": 3}]},
    {"id": "sum", "label": "Sum of both", "derive": "zinc + air"},
    {"id": "unused", "label": "Unused", "observations": [{"period": "2021", "value": 9}]}]
}]]

local function render(spec)
  spec.title, spec.footer = "T", false
  spec.paper = spec.paper or { 300, 300 }
  spec.margins = { top = 10, bottom = 10, left = 10, right = 10 }
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  local trace, list = testing.trace(), {}
  for line in trace:gmatch "[^\n]+" do
    if line:find "^text " then
      local text = ""
      for part in line:gmatch '"([^"]*)"' do text = text .. part end
      list[#list + 1] = text
    end
  end
  return table.concat(list, "|"), trace
end

--- What stands behind "Glossary".
local function glossary(spec)
  return (render(spec):match "Glossary|?(.*)$")
end

local function of(options)
  options.title = "Glossary"
  return b.glossary(options)
end

t.describe("a value alone", function()
  t.it("is that of its period, with the decimals of its indicator", function()
    t.equal(render { "{zinc.value} {zinc.value | period=2020} {zinc.value | decimals=1}" }, "12 11 12.0")
    t.raises("{zinc.value | period=2019}: there is no value of this period", render, { "{zinc.value | period=2019}" })
  end)
end)

t.describe("a glossary", function()
  t.it("lists the indicators that are printed, by label, with unit, note, source, period and pages", function()
    t.equal(glossary { "{zinc}", b.page_break(), "{air | plain}, {zinc}", b.page_break(), of {} },
      "Air (%)|2021 · page\u{A0}2|Zinc (tonnes)|Refined *zinc*.|Office, Yearbook · 2020 to 2021 · pages 1, 2")
  end)
  t.it("lists all, or those that it is told, in the order of the data on demand", function()
    t.equal(glossary { "x", of { indicators = "all", pages = false, order = "data" } },
      "Zinc (tonnes)|Refined *zinc*.|Office, Yearbook · 2020 to 2021|Air (%)|2021|Sum of both|computed as Zinc + Air · 2021|Unused|2021")
    t.equal(glossary { "x", of { indicators = { "unused" } } }, "Unused|2021")
    t.raises('glossary "zinx": no such indicator; did you mean "zinc"?', render, { b.glossary { indicators = { "zinx" } } })
    t.raises('glossary: indicators (or a list of their ids) must be one of "printed", "all"', b.glossary, { indicators = "some" })
  end)
  t.it("knows figures of cards, charts and tables, and joins pages to ranges", function()
    t.equal(glossary { b.figure "zinc", b.page_break(), b.chart.bar { "zinc", "air" }, b.page_break(),
      b.table { columns = { "A" }, rows = { { data.indicators.zinc } } }, b.page_break(), "x", of {} },
      "Air (%)|2021 · page\u{A0}2|Zinc (tonnes)|Refined *zinc*.|Office, Yearbook · 2020 to 2021 · pages 1–3")
  end)
  t.it("before what it lists settles as contents do", function()
    local text = render { of {}, b.page_break(), "{zinc}", b.page_break(), "{air}" }
    t.contains(text, "Glossary|Air (%)|2021 · page\u{A0}3|Zinc (tonnes)|Refined *zinc*.|Office, Yearbook · 2020 to 2021 · page\u{A0}2")
  end)
  t.it("draws each thing once", function()
    local _, trace = render { "{zinc} words", b.chart.bar { "zinc", "air" }, of {} }
    local _, count = trace:gsub('words"', "")
    t.equal(count, 1)
    _, count = trace:gsub("tag Figure", "")
    t.equal(count, 1)
  end)
  t.it("goes over pages and through columns", function()
    local text, trace = render { paper = { 300, 90 }, "{zinc} {air} {sum}", of { columns = 1 } }
    t.contains(text, "Sum of both")
    t.truthy(trace:find "\npage 2", "it goes on")
    t.contains(glossary { "{zinc} {air}", of { columns = 2 } }, "Zinc (tonnes)")
  end)
end)
