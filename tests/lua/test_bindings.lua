-- The module briefpress.engine as scripts/types/engine.lua describes it: text, formats, data and options.
local t = require "luatest"
local engine = require "briefpress.engine"

local data = testing.data [[{
  "dataset": {"id": "d", "title": {"en": "Title", "zh": "标题"}, "languages": ["en", "zh"], "published": "2022-09-03"},
  "sources": [{"id": "s1", "title": "The source", "publisher": "P", "url": "https://example.org/", "date": "2022-09-01"}],
  "themes": [{"id": "growth", "title": {"en": "Growth", "zh": "增长"}}],
  "indicators": [
    {"id": "stations", "theme": "growth", "label": {"en": "Stations", "zh": "基站"},
     "unit": {"one": {"en": "station", "zh": "个"}, "other": {"en": "stations", "zh": "个"}},
     "observations": [
       {"period": "2020", "value": 1500, "source": "s1", "locator": "paragraph 2"},
       {"period": "2021", "value": 2000, "qualifier": "more_than", "source": "s1"}]},
    {"id": "share", "label": "Share", "unit": {"symbol": "%"}, "decimals": 1,
     "observations": [{"period": "2021", "value": 34.8, "qualifier": "about", "wording": "a third"}]},
    {"id": "one", "label": "One", "unit": {"one": "thing", "other": "things"},
     "observations": [{"period": "2021", "value": 1}]},
    {"id": "sum", "label": "Sum", "derive": "stations + one", "parts": ["stations", "one"]}
  ]
}]]

t.describe("options", function()
  local style = engine.text.style
  t.it("name an unknown key and the nearest", function()
    t.raises("style: unknown option \"wieght\"; did you mean \"weight\"? it takes family, size, weight", style,
      { family = "Inter", size = 9, wieght = 700 })
  end)
  t.it("name the first of several unknown keys, whatever their order", function()
    t.raises("unknown option \"aaa\"", style, { zzz = 1, aaa = 1, mmm = 1 })
  end)
  t.it("name a wrong value and what was expected", function()
    t.raises("style: option \"size\": expected a number, found \"big\"", style, { family = "Inter", size = "big" })
    t.raises("style: option \"weight\": expected a whole number, found 4.5", style, { family = "Inter", size = 9, weight = 4.5 })
    t.raises("option \"italic\": expected true or false, found a table", style, { family = "Inter", size = 9, italic = {} })
    t.raises("option \"color\": expected a colour like \"#rrggbb\", found \"red\"", style, { family = "Inter", size = 9, color = "red" })
    t.raises("option \"size\" must be above 0", style, { family = "Inter", size = -1 })
    t.raises("option \"size\" must be above 0", style, { family = "Inter", size = 0 / 0 })
    t.raises("option \"family\": expected", style, { size = 9 })
    t.raises("option \"family\": expected", style, { size = 9, family = { "Inter", 5 } })
    t.raises("options are given by name", style, { "Inter", 9 })
    t.raises("expected a table of options, found a nil", style)
    t.raises("expected one of \"start\", \"end\"", engine.text.paragraph, { spans = {}, align = "middle" })
  end)
end)

t.describe("styles", function()
  local style = engine.text.style { family = { "Inter", "DejaVu Sans" }, size = 10, color = "#123", weight = 600, features = "tnum" }
  t.it("are the same object for equal specs", function()
    t.truthy(rawequal(style,
      engine.text.style { weight = 600, features = "tnum", color = "#112233", size = 10, family = { "Inter", "DejaVu Sans" } }))
    t.truthy(style ~= engine.text.style { family = "Inter", size = 10 })
  end)
  t.it("tell their values and nothing else", function()
    t.equal({ style.size, style.color, style.weight, style.language }, { 10, "#112233", 600, "en" })
    t.equal(engine.text.style { family = "Inter", size = 10, color = "#11223344" }.color, "#11223344")
    t.raises("a Style has no \"colour\"; did you mean \"color\"?", function() return style.colour end)
    t.raises("a Style is read-only", function() style.size = 1 end)
  end)
  t.it("measure", function()
    local metrics = engine.text.metrics(style)
    t.truthy(metrics.ascent > 5 and metrics.descent > 0 and metrics.cap_height > metrics.x_height)
    local a, b = engine.text.width(style, "Wide"), engine.text.width(style, "Wide and wider")
    t.truthy(a > 0 and b > a)
    t.equal(engine.text.width(style, ""), 0)
    t.raises("Style expected", engine.text.width, "x", "y")
    t.raises("bad argument #2", engine.text.width, style)
  end)
end)

t.describe("paragraphs", function()
  local style = engine.text.style { family = "Inter", size = 10 }
  local function paragraph(text, options)
    local spec = { spans = { { style = style, text = text } } }
    for key, value in pairs(options or {}) do spec[key] = value end
    return engine.text.paragraph(spec)
  end
  t.it("break into lines", function()
    local p = paragraph(("word "):rep(60))
    local lines, height = p:layout(200)
    t.truthy(lines > 3)
    t.near(height, lines * 14)
    t.truthy(p:min_width() < 100 and p:max_width() > 1000)
    local first = p:line(1)
    t.equal(first.top, 0)
    t.truthy(first.baseline > 5 and first.baseline < 14)
    t.contains(first.text, "word word")
    t.equal(p:line(lines).last, true)
    t.raises("there is no line 99", p.line, p, 99)
    t.equal((p:layout(1e6)), 1)
  end)
  t.it("hyphenate where they are asked to", function()
    local prose = ("Accredited institutions are representing international organizations. "):rep(6)
    local function hyphens(options)
      local p = paragraph(prose, options)
      local count, lines = 0, p:layout(110)
      for i = 1, lines do
        if p:line(i).hyphenated then count = count + 1 end
      end
      return count
    end
    t.truthy(hyphens { align = "justify" } > 1)
    t.equal(hyphens { align = "justify", hyphenate = false }, 0)
    t.equal(hyphens {}, 0)
    t.truthy(hyphens { hyphenate = true } > 0)
    t.equal(hyphens { align = "justify", hyphen_word = 40 }, 0)
    t.equal(hyphens { align = "justify", hyphen_before = 20 }, 0)
  end)
  t.it("bend lines as far as they may", function()
    local prose = ("In olden times when wishing still helped one, there lived a king. "):rep(6)
    local function worst(key, options)
      options.align = "justify"
      local p = paragraph(prose, options)
      local least, most, lines = 0, 0, p:layout(140)
      for i = 1, lines do
        local value = p:line(i)[key]
        least, most = math.min(least, value), math.max(most, value)
      end
      return least, most
    end
    t.truthy(worst("ratio", {}) < 0)
    t.equal(worst("stretch", { space_shrink = 0 }), 0)
    local _, letter = worst("letter", { letter_stretch = 0.02 })
    t.truthy(letter > 0 and letter <= 0.02)
    t.truthy(worst("x", { protrusion = 1 }) < 0)
    t.equal(worst("x", { protrusion = 0 }), 0)
    local p = paragraph(prose, { align = "justify" })
    local longer = paragraph(prose, { align = "justify", looseness = 1, tolerance = 5000 })
    t.equal((longer:layout(300)), (p:layout(300)) + 1)
    t.raises('option "protrusion" must not be negative', paragraph, "x", { protrusion = -1 })
    t.raises("letter_stretch of a paragraph is at most 0.5", paragraph, "x", { letter_stretch = 1 })
  end)
  t.it("find the boxes of a mark", function()
    local p = engine.text.paragraph { spans = {
      { style = style, text = "before " }, { style = style, text = "marked", mark = 7 }, { style = style, text = " after" } } }
    p:layout(500)
    local boxes = p:boxes(7)
    t.equal(#boxes, 1)
    t.equal(boxes[1].line, 1)
    t.near(boxes[1].x, engine.text.width(style, "before marked") - engine.text.width(style, "marked"), 0.05)
    t.near(boxes[1].width, engine.text.width(style, "marked"), 0.05)
    t.equal(#p:boxes(8), 0)
  end)
  t.it("refuse what is no span", function()
    t.raises("no lines yet", function() return paragraph("x"):line(1) end)
    t.raises("span: needs a style", engine.text.paragraph, { spans = { { text = "x" } } })
    t.raises("either a text, or a width and a height", engine.text.paragraph, { spans = { { style = style } } })
    t.raises("expected a list of spans", engine.text.paragraph, { spans = {} })
    t.raises("span: expected a table", engine.text.paragraph, { spans = { "x" } })
  end)
end)

t.describe("inline text", function()
  local looks = { "strong", "emphasis", "code", "link", "image", "placeholder" }
  --- The runs by name, as {text, strong = true ...}; of a placeholder {its body, placeholder = true}.
  local function runs(text)
    local plain, flat, holes = engine.text.inline(text)
    if plain then
      t.equal({ flat, holes }, {})
      return plain
    end
    local list = {}
    for i = 1, #flat, 3 do
      local run, look = { flat[i] }, flat[i + 1]
      for bit, name in ipairs(looks) do
        if look & 1 << bit - 1 ~= 0 then run[name] = true end
      end
      if run.link or run.image then run[run.image and "image" or "link"] = flat[i + 2] end
      if run.placeholder then run[1] = holes[flat[i] + 3] end
      list[#list + 1] = run
    end
    return list
  end
  local function holes(text)
    local _, _, list = engine.text.inline(text)
    return list
  end

  t.it("is answered as it came where there is nothing to read", function()
    for _, text in ipairs { "plain", "", "中文，再来", "a b  c", "one } two { three", "tab\tinside", "\u{F8FF}", "a \u{1680} b" } do
      t.equal(runs(text), text)
    end
    t.equal(runs "  trimmed \r\n\f", "trimmed")
    t.equal(runs " \n ", "")
  end)
  t.it("reads emphasis, code, links and strikes", function()
    t.equal(runs "a **b** *c* `d` ~~e~~",
      { { "a " }, { "b", strong = true }, { " " }, { "c", emphasis = true }, { " " }, { "d", code = true }, { " " }, { "e" } })
    t.equal(runs "***both***", { { "both", strong = true, emphasis = true } })
    t.equal(runs "[go](https://example.org/?a=1&amp;b=2)", { { "go", link = "https://example.org/?a=1&b=2" } })
    t.equal(runs "![alt](pic.png)", { { "alt", image = "pic.png" } })
    t.equal(runs "![](pic.png)", { { "", image = "pic.png" } })
    t.equal(runs "_it_ and __strong__", { { "it", emphasis = true }, { " and " }, { "strong", strong = true } })
    t.equal(runs "中文**重点**，再来", { { "中文" }, { "重点", strong = true }, { "，再来" } })
  end)
  t.it("takes nothing for a block", function()
    for _, text in ipairs { "# no heading", "- no item", "* no item", "+ no item", "1. no item", "2) no item", "> no quote",
      "    no *code", "```", "~~~", "---", "===", "<div>no html</div>", "[a]: https://example.org/", "| a | b |", "_ _ _" } do
      local list = runs(text)
      if type(list) == "string" then list = { { list } } end
      local all = ""
      for _, run in ipairs(list) do
        all = all .. run[1]
        t.equal(run.code, nil)
      end
      t.equal(all, (text:gsub("^ +", "")))
    end
  end)
  t.it("makes line ends spaces, but between Han, and keeps forced ones", function()
    t.equal(runs "a\n   b", "a b")
    t.equal(runs "a \r\n\tb", "a b")
    t.equal(runs "a\n\nb", "a  b")
    t.equal(runs "中文\n再来", "中文再来")
    t.equal(runs "中文\nand", "中文 and")
    t.equal(runs "𠀀\n中“\n再”\n来—\n有", "𠀀中“再”来—有")
    t.equal(runs "“a”\n“b”…\nc", "“a” “b”… c")
    t.equal(runs "한국어\n글", "한국어 글")
    t.equal(runs "中**\n再**", { { "中" }, { "再", strong = true } })
    t.equal(runs "中{a}\n再\n{b}", { { "中" }, { "a", placeholder = true }, { "再" }, { "b", placeholder = true } })
    t.equal(runs "in {a}\nto\n{b}",
      { { "in " }, { "a", placeholder = true }, { " to " }, { "b", placeholder = true } })
    t.equal(runs "a\xFF\n\xFFb", "a\xFF \xFFb")
    for _, text in ipairs { "a  \nb", "a\\\nb", "a \\\n  b", "a \t \r\n b" } do t.equal(runs(text), { { "a" }, { "\n" }, { "b" } }) end
    t.equal(runs "**a  \nb**", { { "a", strong = true }, { "\n" }, { "b", strong = true } })
    t.equal(runs "a\\\n1. b\\\n- c", { { "a" }, { "\n" }, { "1. b" }, { "\n" }, { "- c" } })
    t.equal(runs "a\\\\\nb", { { "a\\" }, { " " }, { "b" } })
    t.equal(runs "{a}\n{b}", { { "a", placeholder = true }, { " " }, { "b", placeholder = true } })
  end)
  t.it("reads entities and escapes", function()
    t.equal(runs "R&amp;D &#233; &#xE9; &nbsp;&unknown;", { { "R&D é é \u{A0}&unknown;" } })
    t.equal(runs "\\*no\\*", { { "*no*" } })
    t.equal(runs "&#0;&#xD800;", { { "\u{FFFD}\u{FFFD}" } })
  end)
  t.it("lists placeholders, and Markdown goes round them", function()
    t.equal(runs "had {a} of", { { "had " }, { "a", placeholder = true }, { " of" } })
    t.equal(runs "**{a}*b***", { { "a", strong = true, placeholder = true }, { "b", strong = true, emphasis = true } })
    t.equal(runs "`{a}`", { { "a", code = true, placeholder = true } })
    t.equal(holes "plain", nil)
    t.equal(holes "*plain*", nil)
    t.equal(holes "{a}{ b-2.unit }{c: | plus, unit }{c|}{page: there }",
      { "a", false, false, "a", "b-2", "unit", false, " b-2.unit ", "c:", false, "plus, unit", "c: | plus, unit ",
        "c", false, "", "c|", "there", "page:", false, "page: there " })
    for _, body in ipairs { "", " ", "a b", "a.b.c", ".a", "a.", "é", "a{{b", "|unit" } do
      t.equal({ holes("{" .. body .. "}")[1], holes("{" .. body .. "}")[4] }, { false, body })
    end
    t.equal(holes "{a.2}", { "a", "2", false, "a.2" }) -- Parameters may be named so.
    t.equal(holes "{a |\r\n   unit}", { "a", false, "unit", "a | unit" })
  end)
  t.it("knows braces that are none", function()
    t.equal(runs "{{a}} { b {c", "{a} { b {c")
    t.equal(runs "{{{a}}}", { { "{" }, { "a", placeholder = true }, { "}" } })
    t.equal(runs "{a {b} }} }", { { "{a " }, { "b", placeholder = true }, { " } }" } })
    t.equal(runs "{", "{")
  end)
  t.it("marks placeholders in targets, and mixes them with no letters of the text", function()
    local _, flat, list = engine.text.inline "{x} [a](https://e.org/{b}?c)"
    t.equal({ flat[#flat], list[5] }, { "https://e.org/\u{F8FE}2\u{F8FF}?c", "b" })
    t.equal(runs "\u{F8FE}1\u{F8FF} {a}", { { "\u{F8FE}1\u{F8FF} " }, { "a", placeholder = true } })
    t.equal(runs "[*\u{F8FE}*](\u{F8FE}1\u{F8FF})",
      { { "\u{F8FE}", emphasis = true, link = "\u{F8FE}1\u{F8FF}" } })
  end)
end)

t.describe("formats", function()
  t.it("write numbers", function()
    t.equal(engine.format.number(1234567), "1,234,567")
    t.equal(engine.format.number(1234.5, { decimals = 2 }), "1,234.50")
    t.equal(engine.format.number(2022, { grouping = false }), "2022")
    t.equal(engine.format.number(3, { plus = true }), "+3")
    t.equal(engine.format.number(34.8, { percent = true }), "34.8%")
    t.raises("unknown option \"decimal\"; did you mean \"decimals\"?", engine.format.number, 1, { decimal = 2 })
    t.raises("from 0 to 15", engine.format.number, 1, { decimals = 99 })
  end)
  t.it("write dates, plurals and lists", function()
    t.equal(engine.format.date("2022-09-03"), "3 September 2022")
    t.equal(engine.format.date("2022-09-03", { language = "zh" }), "2022年9月3日")
    t.equal(engine.format.plural(1), "one")
    t.equal(engine.format.plural(2), "other")
    t.equal(engine.format.list { "a", "b", "c" }, "a, b and c")
    t.raises("expected a list of texts", engine.format.list, { {} })
  end)
end)

t.describe("data", function()
  local stations = data.indicators.stations
  t.it("reads like tables and cannot be changed", function()
    t.equal({ data.language, data.dataset.title, data.dataset.published }, { "en", "Title", "2022-09-03" })
    t.equal(data.dataset.languages, { "en", "zh" })
    t.equal(#data.indicators, 4)
    t.equal({ stations.id, stations.label, stations.value, stations.period, stations.qualifier, stations.status, stations.unit },
      { "stations", "Stations", 2000, "2021", "more_than", "A", "stations" })
    t.equal(math.type(stations.value), "integer")
    t.equal(stations.source.title, "The source")
    t.equal(stations.theme.title, "Growth")
    t.equal(stations.theme.indicators[1], stations)
    t.equal(data.indicators[1], stations)
    t.equal(data.indicators[5], nil)
    t.equal(data.event, nil)
    t.equal(#data.tables, 0)
    t.raises("read-only", function() stations.value = 3 end)
    t.raises("read-only", function() data.indicators.x = 3 end)
    t.raises("read-only", function() data.language = "zh" end)
    t.equal(tostring(stations), "indicator \"stations\"")
  end)
  t.it("suggests the nearest of misspelt names", function()
    t.raises("no indicator \"statoins\"; did you mean \"stations\"?", function() return data.indicators.statoins end)
    t.raises("an indicator has no \"lable\"; did you mean \"label\"?", function() return stations.lable end)
    t.raises("the data has no \"indicator\"; did you mean \"indicators\"?", function() return data.indicator end)
    t.equal(data.indicators:has "stations", true)
    t.equal(data.indicators:has "nothing", false)
  end)
  t.it("goes through lists in their order", function()
    local ids = {}
    for _, indicator in ipairs(data.indicators) do ids[#ids + 1] = indicator.id end
    t.equal(ids, { "stations", "share", "one", "sum" })
    local pairs_ids = {}
    for id, indicator in pairs(data.indicators) do
      pairs_ids[#pairs_ids + 1] = id
      t.equal(id, indicator.id)
    end
    t.equal(pairs_ids, ids)
  end)
  t.it("knows series, parts, inputs and changes", function()
    local series = stations:series()
    t.equal({ #series, series[1].value, series[2].period }, { 2, 1500, "2021" })
    local sum = data.indicators.sum
    t.equal(sum.value, 2001)
    t.equal(sum.formula, "stations + one")
    t.equal({ sum.derived, sum:series()[1].derived, data.indicators.stations.derived }, { true, true, false })
    t.equal({ #sum:parts(), sum:parts()[2] == data.indicators.one, #sum:inputs() }, { 2, true, 2 })
    local change = stations:change()
    t.equal({ change.absolute, change.from, change.to }, { 500, "2020", "2021" })
    t.near(change.percent, 33.333)
    t.equal(data.indicators.one:change(), nil)
  end)
  t.it("formats figures as a reader expects", function()
    t.equal(stations:format(), "more than 2,000")
    t.equal(stations:format { unit = true }, "more than 2,000\u{A0}stations")
    t.equal(stations:format { qualifier = false, grouping = false }, "2000")
    t.equal(stations:format { language = "zh", unit = true }, "超过2,000个")
    t.equal(stations:format { language = "sv", qualifier = true }, ">2\u{A0}000")
    t.equal(stations:format { period = "2020" }, "1,500")
    t.raises("no observation of \"1999\"", stations.format, stations, { period = "1999" })
    local share = data.indicators.share
    t.equal(share:format(), "about 34.8%")
    t.equal(share:format { unit = false }, "about 34.8")
    t.equal(share:format { wording = true }, "a third")
    t.equal(share:format { decimals = 0, qualifier = false }, "35%")
    t.equal(data.indicators.one:format { unit = true }, "1\u{A0}thing")
    t.equal(stations:format { compact = true, qualifier = false, language = "en" }, "2 thousand")
    t.equal(stations:format { compact = true, period = "2020", language = "en" }, "1.5 thousand")
    t.equal(stations:format { compact = true, period = "2020", language = "en", decimals = 0 }, "2 thousand")
    local number = engine.format.number
    t.equal(number(10000, { compact = true, language = "zh" }), "1万")
    t.equal(number(123456789, { compact = true, language = "zh" }), "1.23456789亿")
    t.equal(number(123456789, { compact = true, language = "zh", decimals = 2 }), "1.23亿")
    t.equal(number(120000000, { compact = true, language = "zh", decimals = 2 }), "1.2亿")
    t.raises("indicator expected", stations.format, "x")
  end)
end)

t.describe("the rendering", function()
  t.it("tells its facts", function()
    t.equal(engine.job.language, "en")
    t.equal(engine.job.boxes, false)
    t.equal(engine.job.pages_most, math.maxinteger)
    t.equal(engine.job.nothing, nil)
  end)
  t.it("knows the caller and the nearest name", function()
    t.truthy(engine.caller():match("test_bindings%.lua:%d+$"), engine.caller())
    t.equal(engine.nearest("hight", { "width", "height" }), "height")
    t.equal(engine.nearest("zzzzzz", { "width", "height" }), nil)
  end)
  t.it("reports with a place", function()
    engine.report("warning", "hm", "a.lua:3")
    engine.report("finding", "look")
    local findings = testing.findings()
    t.equal(findings[1], { level = "warning", place = "a.lua:3", text = "hm" })
    t.equal(findings[2].level, "finding")
    t.truthy(findings[2].place:match("test_bindings%.lua:%d+$"))
    t.raises("invalid option", engine.report, "shout", "x")
  end)
end)
