-- Marks of sources: a figure is followed by the number under which the sources section lists its source.
local t = require "luatest"
local b = require "briefpress"
local Context = require "briefpress.context"
local inline = require "briefpress.inline"
local plain = require "themes.plain"
local run = require "briefpress.run"

local data = testing.data [[{
  "dataset": {"id": "d", "title": "T", "languages": ["en"], "published": "2022-09-03"},
  "sources": [{"id": "first", "title": "First"}, {"id": "second", "title": "Second"}],
  "indicators": [
    {"id": "area", "label": "Area", "unit": {"one": "mile", "other": "miles"}, "observations": [
      {"period": "2020", "value": 11, "source": "first"}, {"period": "2021", "value": 12, "source": "second"}]},
    {"id": "bare", "label": "Bare", "observations": [{"period": "2021", "value": 3}]}]
}]]

local function spans(text, changes)
  local cx = Context.new { data = data, params = {}, language = "en", ledger = {}, theme = plain }
  for key, value in next, changes or { has_sources = true } do cx[key] = value end
  local list = {}
  for _, span in ipairs((inline.spans(cx, text, "body", nil, "layout.lua:1"))) do
    list[#list + 1] = span.text .. (span.link and "(" .. span.link .. ")" or "") .. (span.mark and "*" or "")
  end
  return list
end

--- What is drawn, and what is found at fault, of a report of some blocks.
local function render(blocks)
  blocks.title, blocks.footer = "T", false
  testing.trace()
  testing.findings()
  run.render(b.report(blocks), testing.document(), data, {})
  return testing.trace(), t.show(testing.findings())
end

t.describe("the mark of a source", function()
  t.it("stands behind the figure and its unit, outside of what the ledger boxes, and links to the list", function()
    t.equal(spans "{area | mark unit} or {area | plain mark}",
      { "12\u{A0}miles*", "[2](#source:2)", " or ", "12*", "[2](#source:2)" })
    t.equal(spans "{area | mark period=2020}", { "11*", "[1](#source:1)" })
    t.equal(spans "{area.change | mark}", { "9.1%*", "[2](#source:2)" })
    t.equal(spans "words{area.mark}", { "words", "[2](#source:2)" })
    t.equal(spans "{area.label}{area | unit}", { "Area", "12\u{A0}miles*" })
  end)
  t.it("begins no line, behind a character where one may end either", function()
    t.equal(spans "文{area.mark}", { "文\u{2060}", "[2](#source:2)" })
  end)
  t.it("has no link where nothing lists the sources, which is a finding", function()
    testing.findings()
    t.equal(spans("{area | mark}{area | mark}", {}), { "12*", "[2]", "12*", "[2]" })
    t.contains(t.show(testing.findings()), "{area | mark}: nothing lists the sources")
    t.equal(testing.findings(), {})
  end)
  t.it("is none where the figure has no source, which is a finding", function()
    t.equal(spans "{bare | mark}", { "3*" })
    t.contains(t.show(testing.findings()), "{bare | mark}: the figure has no source of its own to mark")
  end)
  t.it("keeps the link that it stands in", function()
    t.equal(spans "[{area | mark}](#x)", { "12(#x)*", "[2](#x)" })
  end)
  t.it("is left out of titles and of page furniture's links", function()
    local cx = Context.new { data = data, params = {}, language = "en", ledger = {}, theme = plain, has_sources = true }
    t.equal(inline.plain(cx, "Area {area | mark}"), "Area 12")
    t.equal(spans("{area | mark}", { has_sources = true, is_furniture = true }), { "12*", "[2]" })
  end)
  t.it("leads to its source in the list", function()
    local trace, findings = render { b.text "{area | mark}", b.sources {} }
    t.contains(trace, "source:2")
    t.contains(trace, "#source:2")
    t.equal(findings, "{}")
  end)
  t.it("stands in the label of a figure card", function()
    t.contains((render { b.figure { "area", mark = true }, b.sources {} }), "#source:2")
  end)
  t.it("has no link where the list was drawn before it was met", function()
    local trace = render { b.sources {}, b.page_break(), b.text "{area | mark}" }
    t.truthy(not trace:find("source:", 1, true))
  end)
  t.it("changes nothing in a report without marks", function()
    t.truthy(not render({ b.text "{area}", b.sources {} }):find("source:", 1, true))
  end)
end)

t.describe("sources in the order of use", function()
  t.it("are numbered by their first marks, and only they are listed", function()
    local trace, found = render { b.text "{area | mark} and {area | mark period=2020} and {area.mark}",
      b.sources { order = "use" } }
    t.equal(found, t.show {})
    t.contains(trace, [[" and 11" + "[2]" tag Reference + " and " + "[1]" tag Reference]])
    local second, first = trace:find("Second", 1, true), trace:find("First", 1, true)
    t.truthy(second and first and second < first, trace)
    trace = render { b.text "{area | mark period=2020}", b.sources { order = "use" } }
    t.truthy(not trace:find("Second", 1, true), trace)
  end)
  t.it("stand behind all marks", function()
    t.raises('b.sources { order = "use" } must stand behind all marks', render,
      { b.sources { order = "use" }, b.text "{area | mark}" })
  end)
end)
