-- The structure of long reports: numbers of headings, parts and appendices, captions, contents, lists and references.
local t = require "luatest"
local b = require "briefpress"
local numbers = require "briefpress.numbers"
local run = require "briefpress.run"

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"]}}]]

local function render(spec)
  spec.title, spec.footer = "T", false
  spec.paper = spec.paper or { 320, 400 }
  spec.margins = { top = 10, bottom = 10, left = 10, right = 10 }
  testing.trace()
  testing.findings()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

--- The texts of a trace, in the order of drawing.
local function texts(trace)
  local list = {}
  for line in trace:gmatch "[^\n]+" do
    if line:find "^text " then
      local text = ""
      for part in line:gmatch '"([^"]*)"' do text = text .. part end
      list[#list + 1] = text:match "^ ?(.-) ?$"
    end
  end
  return list
end

--- Draws blocks and answers what a text says behind "Here: ".
local function said(text, spec)
  spec[#spec + 1] = b.text("Here: " .. text)
  local all = table.concat(texts(render(spec)), " ")
  return all:match "Here: (.*)$"
end

--- The line of a trace where a text stands; nil where it is not drawn.
local function place_of(trace, text)
  local page = 0
  for line in trace:gmatch "[^\n]+" do
    page = tonumber(line:match "^page (%d+)") or page
    local left, top = line:match('^text ([%d.-]+) ([%d.-]+) "' .. text:gsub("%p", "%%%0"))
    if left then return { page = page, x = tonumber(left), y = tonumber(top) } end
  end
end

local function section(title, ...)
  return b.section { title = title, id = title:lower(), ... }
end

t.describe("a pattern", function()
  t.it("says counters as numerals, letters and in Chinese", function()
    local function say(way, ...)
      local list = {}
      for i, n in ipairs { ... } do list[i] = numbers.say(n, way) end
      return table.concat(list, " ")
    end
    t.equal(say("I", 1, 4, 9, 14, 40, 1999), "I IV IX XIV XL MCMXCIX")
    t.equal(say("i", 3, 8), "iii viii")
    t.equal(say("A", 1, 26, 27, 703), "A Z AA AAA")
    t.equal(say("a", 2, 28), "b ab")
    t.equal(say("一", 1, 10, 11, 20, 21, 99, 100, 105, 110, 115, 1001), "一 十 十一 二十 二十一 九十九 一百 一百零五 一百一十 一百一十五 一千零一")
  end)
  t.it("keeps the words around its counters", function()
    t.equal(numbers.make("Chapter 1", { 3 }, 1), "Chapter 3")
    t.equal(numbers.make("第一章", { 12 }, 1), "第十二章")
    t.equal(numbers.make("1.1", { 2, 5 }, 2), "2.5")
    t.equal(numbers.make("A-1.a)", { 2, 5, 3 }, 3), "B-5.c)")
    t.equal(numbers.make("(i)", { 2, 5, 3 }, 3), "(iii)")
  end)
  t.it("without a counter, or with too many, is an error", function()
    t.raises('"Chapter" numbers nothing', numbers.pattern, "Chapter")
    t.raises('"1.1" has more counters than level 1 has', render, { numbered = { "1.1" }, "x" })
  end)
end)

t.describe("headings", function()
  t.it("are numbered as the report's patterns say", function()
    local trace = render { numbered = { "一、", "（一）" },
      section("One", section("Two", section("Three", "x")), section("Four", "x")), section("Five", "x") }
    local list = table.concat(texts(trace), "|")
    t.equal(list, "一、|One|（一）|Two|Three|x|（二）|Four|x|二、|Five|x")
  end)
  t.it("in appendices are lettered, and chapters behind them go on", function()
    local trace = render { numbered = true, section("One", "x"), b.appendix { title = "Notes", section("Deep", "x") },
      b.appendix { title = "More", "x" }, section("Two", "x"), b.appendix { title = "Last", "x" } }
    local list = table.concat(texts(trace), "|")
    t.equal(list, "1|One|x|Appendix\u{A0}A|Notes|A.1|Deep|x|Appendix\u{A0}B|More|x|2|Two|x|Appendix\u{A0}C|Last|x")
  end)
  t.it("in parts stand a level below them, and go on counting from part to part", function()
    local trace = render { numbered = true, section("Before", "x"), b.part { title = "North", section("One", "x") },
      b.part { title = "South", section("Two", "x") } }
    local tags = {}
    for tag in trace:gmatch "tag (H%d)" do tags[#tags + 1] = tag end
    t.equal(table.concat(tags, " "), "H1 H1 H2 H1 H2")
    t.equal(testing.findings(), {})
    t.equal({ place_of(trace, "North").page, place_of(trace, "One").page, place_of(trace, "South").page }, { 2, 3, 4 })
    t.contains(table.concat(texts(trace), "|"), "Part\u{A0}II|South|3|Two")
  end)
  t.it("of parts are bookmarks that hold those of their chapters", function()
    local trace = render { numbered = true, b.part { title = "North", section("One", section("Deep", "x")) },
      b.appendix { title = "Notes", "x" } }
    local list = {}
    for level, title in trace:gmatch 'bookmark (%d) "([^"]*)"' do list[#list + 1] = level .. " " .. title end
    t.equal(table.concat(list, "|"), "1 Part\u{A0}I  North|2 1  One|3 1.1  Deep|1 Appendix\u{A0}A  Notes")
  end)
  t.it("of a part without a page of its own go on below its title", function()
    local trace = render { b.part { title = "North", page = false, section("One", "x") } }
    t.equal({ place_of(trace, "North").page, place_of(trace, "One").page }, { 1, 1 })
  end)
  t.it("of parts and appendices stand in no other", function()
    t.raises("a part stands beside others", b.part, { title = "A", b.part { title = "B", "x" } })
    t.raises("section: an appendix stands beside sections", b.section, { title = "A", b.appendix { title = "B", "x" } })
    t.raises("part expects its title", b.part, { "x" })
  end)
end)

local function plate(caption, more)
  local spec = { caption = caption, b.canvas { height = 20, draw = function() end } }
  for key, value in next, more or {} do spec[key] = value end
  return b.captioned(spec)
end

local function sheet(caption, id, rows)
  local list = {}
  for i = 1, rows or 2 do list[i] = { "a" .. i, i } end
  return b.captioned { caption = caption, id = id, b.table { columns = { "A", "B" }, rows = list } }
end

t.describe("a caption", function()
  t.it("is numbered by its kind, through the report", function()
    local trace = render { numbered = true, section("One", plate "First", sheet "Rows"), section("Two", plate "Second") }
    t.equal({ place_of(trace, "Figure\u{A0}1").page, place_of(trace, "Table\u{A0}1").page,
      place_of(trace, "Figure\u{A0}2").page }, { 1, 1, 1 })
  end)
  t.it("is numbered anew in each chapter on demand", function()
    local trace = render { numbered = true, caption_numbers = "chapter", plate "Before", section("One", plate "a", plate "b"),
      b.section { title = "Aside", numbered = false, plate "c" }, section("Two", section("Deep", plate "d")),
      b.appendix { title = "Notes", plate "e" } }
    local list = {}
    for _, text in ipairs(texts(trace)) do list[#list + 1] = text:match "Figure\u{A0}([%w.]+)" end
    t.equal(table.concat(list, " "), "1 1.1 1.2 2 2.1 A.1")
  end)
  t.it("stands above tables, in them, and below figures", function()
    local trace = render { sheet "Rows", plate "Drawn" }
    t.truthy(not trace:match "^(.-)\ntext":find "tag Div", "the table stands alone")
    t.truthy(trace:find "tag Table\ntag Caption\n", "the table holds its caption")
    t.truthy(place_of(trace, "Table").y < place_of(trace, "a1").y, "above")
    t.truthy(trace:find "tag Caption\n[^\n]*Figure", "tagged")
  end)
  t.it("stands where it is told to", function()
    local marks = render { plate("Drawn", { position = "above", id = "x" }), "After." }
    t.truthy(place_of(marks, "Figure").y < 30, "above")
  end)
  t.it("stays with its figure", function()
    local trace = render { "x", b.space(330), plate "Drawn" }
    t.equal(place_of(trace, "Figure").page, 2)
    trace = render { "x", b.space(290), plate("Drawn", { position = "above" }), "x" }
    t.equal(place_of(trace, "Figure").page, 1)
  end)
  t.it("of a kind of the report's own needs a word", function()
    t.raises('what is a "map" called?', b.captioned, { kind = "map", "x" })
    local trace = render { plate("Roads", { kind = "map", label = "Map" }) }
    t.contains(table.concat(texts(trace)), "Map\u{A0}1")
  end)
  t.it("takes one block", function() t.raises("captioned takes one block, got 2", b.captioned, { "a", "b" }) end)
end)

t.describe("a reference", function()
  local function spec()
    return { numbered = true, section("Water", section("Rivers", plate("Long *rivers*", { id = "f" }), sheet("Rows", "t"))),
      b.section { title = "Foreword", id = "fore", numbered = false, "x" }, b.part { title = "Land", id = "land", section("Soil", "x") },
      b.appendix { title = "Notes", id = "notes", section("Deep", "x") } }
  end
  t.it("names what it points to", function()
    t.equal(said("{ref:water}, {ref:rivers}, {ref:f}, {ref:t}, {ref:fore}, {ref:land}, {ref:notes}, {ref:deep}", spec()),
      "Section\u{A0}1, Section\u{A0}1.1, Figure\u{A0}1, Table\u{A0}1, Foreword, Part\u{A0}I, Appendix\u{A0}A, Section\u{A0}A.1")
    t.equal(said("{number:rivers}, {number:f}, {title:f}, {title:soil}", spec()), "1.1, 1, Long rivers, Soil")
  end)
  t.it("is a link, backward and forward", function()
    local all = spec()
    table.insert(all, 1, "See {ref:deep} and {title:f}.")
    local trace = render(all)
    t.contains(trace, '"#deep"')
    t.contains(trace, '"#f"')
    t.equal(testing.findings(), {})
  end)
  t.it("drops the marks behind a number, and keeps a number that names itself", function()
    t.equal(said("{ref:a}, {number:a}", { numbered = { "一、" }, section("A", "x") }), "Section\u{A0}一, 一")
    t.equal(said("{ref:a}", { numbered = { "第一章" }, section("A", "x") }), "第一章")
    t.equal(said("{ref:a}", { numbered = { "Chapter 1" }, section("A", "x") }), "Chapter 1")
  end)
  t.it("to nothing is an error that suggests the nearest", function()
    t.raises('{ref:watr}: nothing has the id "watr"; did you mean "water"?', render, { "{ref:watr}", section("Water", "x") })
    t.raises("{title:x}: it has no title; {page:x} prints its page", render, { "{title:x}", b.stack { id = "x", "x" } })
    t.raises("{reff:water}: no such placeholder; did you mean {ref:water}?", render, { "{reff:water}", section("Water", "x") })
    t.raises("leads back to itself", render, { b.heading { "A {title:a}", id = "a" } })
  end)
  t.it("in a title is text in the contents", function()
    local trace = render { b.contents(), b.heading { "About {title:b}", id = "a" }, b.heading { "Birds", id = "b" } }
    t.contains(trace, '"About Birds"')
  end)
end)

t.describe("contents", function()
  local function book(contents)
    return { numbered = true, contents, section("Water", section("Rivers", section("Long", "x")), section("Lakes", "x")),
      b.part { title = "Land", section("Soil", "x") }, b.appendix { title = "Notes", "x" } }
  end
  local function lines(spec)
    local first = render(spec):match "tag TOC\n(.-)\npage 2" or ""
    return table.concat(texts(first), "|")
  end
  t.it("go as deep as they are told, parts without a page", function()
    local spec = book(b.contents { title = false, depth = 3 })
    table.insert(spec, 2, b.page_break())
    t.equal(lines(spec), "1|Water|2|1.1|Rivers|2|1.1.1|Long|2|1.2|Lakes|2|Part\u{A0}I|Land|2|Soil|4|A|Notes|4")
    spec = book(b.contents { title = false, depth = 1, part_pages = true })
    table.insert(spec, 2, b.page_break())
    t.equal(lines(spec), "1|Water|2|Part\u{A0}I|Land|3|2|Soil|4|A|Notes|4")
  end)
  t.it("hang the numbers of each depth in a column", function()
    local trace = render(book(b.contents { title = false, depth = 3 }))
    local function x(text) return place_of(trace, text).x end
    t.near(x "1.1", x "Water")
    t.near(x "1.1.1", x "Rivers")
    t.near(x "A", x "1")
    t.truthy(x "Long" > x "Rivers", "deeper")
  end)
  t.it("have a style for each depth where the theme has it, which lists of captions have not", function()
    local theme = b.theme(require "themes.plain", { type = { ["contents.1"] = { size = 17 }, ["contents.2"] = { size = 7 } } })
    local trace = render { theme = theme, b.contents { title = false }, b.listing { kind = "figure", title = false },
      b.page_break(), section("Water", section("Rivers", plate "Drawn")) }
    t.truthy(trace:find '"Water" Inter%-Regular 17' and trace:find '"Rivers" Inter%-Regular 7')
    t.truthy(trace:find '"Drawn" Inter%-Regular 10')
  end)
  t.it("of one chapter hold what is in it", function()
    local spec = book(b.page_break())
    spec[#spec + 1] = b.contents { of = "water", depth = 2 }
    t.contains(table.concat(texts(render(spec)), "|"), "1.1|Rivers|1|1.1.1|Long|1|1.2|Lakes|1")
    t.raises('contents: no heading has the id "watr"; did you mean "water"?', render, book(b.contents { of = "watr" }))
  end)
  t.it("never leave a line alone, nor tear it from what it heads", function()
    for height = 75, 150, 5 do
      local spec = { paper = { 300, height }, b.contents { title = false, depth = 2 }, b.page_break() }
      for i = 1, 9 do spec[#spec + 1] = section("C" .. i, section("S" .. i .. "a", "x"), section("S" .. i .. "b", "x")) end
      local trace, pages = render(spec), {}
      for body in trace:gmatch "tag TOC[^\n]*\n(.-)\npage" do
        local list = {}
        for name in body:gmatch '"([CS]%d[ab]?)"' do list[#list + 1] = name end
        pages[#pages + 1] = list
      end
      for _, list in ipairs(pages) do
        t.truthy(list[1]:find "^C", "a page begins with a chapter at " .. height)
        t.truthy(list[#list]:find "b$", "a page ends with the last section of a chapter at " .. height)
      end
    end
  end)
end)

t.describe("a listing", function()
  t.it("lists captions with their numbers and pages", function()
    local trace = render { b.listing "figure", b.page_break(), plate "One {page:f}", b.page_break(), plate("Two", { id = "f" }),
      sheet "Rows" }
    local first = trace:match "^(.-)\npage 2"
    t.equal(table.concat(texts(first), "|"), "Figures|1|One 3|2|2|Two|3")
    t.contains(first, '"#figure:1"')
    t.contains(first, '"#f"')
  end)
  t.it("of nothing is a finding", function()
    render { b.listing "table", "x" }
    t.contains(testing.findings()[1].text, 'nothing of the kind "table" has a caption')
  end)
  t.it("of a kind of the report's own needs a title", function()
    t.raises('the list of the kind "map" a title', b.listing, { kind = "map" })
  end)
end)
