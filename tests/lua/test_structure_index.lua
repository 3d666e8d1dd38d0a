-- The index: marks in texts, the order of terms, pages and ranges, cross references, and where the pages come from.
local t = require "luatest"
local b = require "briefpress"
local engine = require "briefpress.engine"
local run = require "briefpress.run"
local tree = require "tree"

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en", "zh"]}}]]

local function render(spec)
  spec.title, spec.footer = "T", false
  spec.paper = spec.paper or { 300, 300 }
  spec.margins = { top = 10, bottom = 10, left = 10, right = 10 }
  testing.trace()
  testing.findings()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

--- The lines of the index of a trace, a paragraph, a letter or a title a line.
local function index_of(trace)
  local lines = {}
  local function look(element, is_in)
    if type(element) == "string" then return end
    is_in = is_in or element.type == "Index"
    if is_in and (element.type == "P" or element.type == "Caption" or element.type:find "^H%d$") then
      lines[#lines + 1] = tree.text(element)
      return
    end
    for _, kid in ipairs(element) do look(kid, is_in) end
  end
  look(tree.of(trace))
  return table.concat(lines, "|")
end

--- A report whose page `i` holds texts[i], with the index behind them.
local function pages(texts, index)
  local spec = {}
  for _, text in ipairs(texts) do
    spec[#spec + 1] = text
    spec[#spec + 1] = b.page_break()
  end
  spec[#spec + 1] = index or b.index { title = false, letters = false, columns = 1 }
  return spec
end

local function index(texts, block)
  return index_of(render(pages(texts, block)))
end

t.describe("engine.text.collate", function()
  t.it("ranks words and tells their letters", function()
    local ranks, letters = engine.text.collate({ "zinc", "Air", "école", "air", "zinc", "7" }, "en")
    t.equal(ranks, { 5, 3, 4, 2, 5, 1 })
    t.equal(letters, { "Z", "A", "E", "A", "Z", "" })
    t.equal({ engine.text.collate({}, "zh") }, { {}, {} })
  end)
  t.it("takes a list of texts", function()
    t.raises("a list of texts", engine.text.collate, { "a", 1 })
    t.raises("", engine.text.collate, "a")
  end)
end)

t.describe("an index", function()
  t.it("lists terms in order with their pages, ranges from three pages on", function()
    t.equal(index { "{index:zinc}Zinc and {index:air}air", "{index:air}air", "{index:air}{index:zinc}both",
      "no", "{index:air}air, {index:air}air", "{index:zinc}x", "{index:Zinc}y" },
      "air, 1–3, 5|zinc, 1, 3, 6|Zinc, 7")
    t.equal(index { "{index:air}x", "{index:air}x" }, "air, 1, 2")
  end)
  t.it("has narrower terms below, and sorts by a key where one is given", function()
    t.equal(index { "{index:water!river}x {index:water}x", "{index:chongqing@重庆}x {index:water!bay}x {index:air!dust!fine}" },
      "air|dust|fine, 2|重庆, 2|water, 1|bay, 2|river, 1")
  end)
  t.it("stands under letters", function()
    t.equal(index({ "{index:air}{index:Öl}{index:4G}{index:zinc}{index:Art}x" }, b.index { columns = 1 }),
      "Index|Figures and signs|4G, 1|A|air, 1|Art, 1|O|Öl, 1|Z|zinc, 1")
  end)
  t.it("refers to other terms, and finds those that are not there", function()
    t.equal(index { "{index:smog|see air!dust}{index:air!dust}{index:air|see also smog}x{index:a|see b}" },
      "a, see b|air. See also smog|dust, 1|smog, see air, dust")
    local found = testing.findings()
    t.equal({ #found, found[1].text }, { 1, "{index:a|see b}: the index has no such term" })
    t.contains(render(pages { "{index:smog|see air}{index:air}x" }), '"#index-entry:1"')
  end)
  t.it("links each page to the place of its mark", function()
    local trace = render(pages { "words {index:air}air", "x" })
    t.contains(trace, '"#index:1"')
    local x = tonumber(trace:match 'destination "index:1" 1 ([%d.]+)')
    t.truthy(x > 30, "the mark stands with the word behind it")
  end)
  t.it("finds marks in headings, lists, cells, columns, notes of tables and documents in Markdown", function()
    local spec = { b.heading "One {index:heading}", b.list { "x {index:item}x" }, b.columns { "x{index:column}", "y" },
      b.table { columns = { "A" }, rows = { { b.text "{index:cell}x" } } }, b.markdown "Text {index:document}x",
      b.row { "{index:row}x", "y" }, b.index { title = false, letters = false, columns = 1 } }
    t.equal(index_of(render(spec)), "cell, 1|column, 1|document, 1|heading, 1|item, 1|row, 1")
  end)
  t.it("before what it lists is laid out until it is right", function()
    local spec = pages({ "x" }, b.index { title = false, letters = false, columns = 1 })
    for i = 1, 60 do
      spec[#spec + 1] = b.page_break()
      spec[#spec + 1] = ("{index:term %d}x"):format(i)
    end
    local trace = render(spec)
    -- 60 lines of 12 points take three pages of 280.
    t.contains(index_of(trace), "term 1, 5|")
    t.contains(index_of(trace), "term 60, 64")
  end)
  t.it("on the page of a mark knows it", function()
    t.equal(index_of(render { "{index:air}x", b.index { title = false, letters = false, columns = 1 } }), "air, 1")
  end)
  t.it("of nothing is empty, and marks without an index are none", function()
    t.equal(index { "x" }, "")
    t.truthy(not render({ "a {index:air} b", "x" }):find "destination", "no name is made")
  end)
  t.it("brings words of other scripts to their letters", function()
    t.equal(index({ "{index:中国}{index:zinc}{index:air}{index:北京}x" }, b.index { columns = 1, title = false }),
      "A|air, 1|Z|zinc, 1|中|中国, 1|北|北京, 1")
  end)
end)

t.describe("a mark", function()
  local function text_of(source)
    local trace = render(pages { source })
    local text = ""
    for part in trace:match("text [^\n]*"):gmatch '"([^"]*)"' do text = text .. part end
    return text
  end
  t.it("leaves no space of its own", function()
    t.equal(text_of "a {index:x} b", "a b")
    t.equal(text_of "a {index:x}b", "a b")
    t.equal(text_of "a{index:x} b", "a b")
    t.equal(text_of "{index:x} b", "b")
    t.equal(text_of "空{index:x}气", "空气")
  end)
  t.it("does not change how lines break", function()
    local words = ("The quality of the air in the districts was measured at many stations. "):rep(6)
    local marked = words:gsub("stations", "{index:stations}stations")
    local function lines(source)
      local list = {}
      for y in render(pages { source }):match("^(.-)\nend tag"):gmatch "\ntext [%d.]+ ([%d.]+)" do list[#list + 1] = y end
      return list
    end
    t.equal(#lines(marked) > 5 and lines(marked)[#lines(marked)], lines(words)[#lines(words)])
  end)
  t.it("is counted on the page of its line where a text goes on", function()
    local words = ("word "):rep(400)
    local trace = render(pages { words .. "{index:end}end." })
    local _, count = trace:match("^(.-)end%."):gsub("page %d", "")
    t.truthy(count > 1, "it goes on")
    t.equal(index_of(trace), "end, " .. count)
  end)
  t.it("keeps its place when page numbers of its text are filled in", function()
    t.equal(index { "{index:air}See {page:x}.", b.stack { id = "x", "{index:air}x" } }, "air, 1, 2")
  end)
  t.it("stands beside notes", function()
    local trace = render(pages { "{index:air}Air^[A note.] and{index:noise} noise^[Another.].", "{index:noise}x" })
    t.equal(index_of(trace), "air, 1|noise, 1, 2")
    t.contains(trace, '"#note-2"')
  end)
  t.it("that is wrong is an error", function()
    t.raises("{index:}: a term of the index is empty", render, { "{index:}x" })
    t.raises("{index:a!!b}: a term of the index is empty", render, { "{index:a!!b}x" })
    t.raises("three levels deep", render, { "{index:a!b!c!d}x" })
    t.raises('behind "|" stands "see term"', render, { "{index:a|sea b}x" })
    t.raises("index: columns", b.index, { columns = 0 })
  end)
end)

t.describe("pages that are numbered anew", function()
  t.it("stand in the index as they are printed, and end a range", function()
    local spec = { b.page { numbers = "i", "{index:air}a", b.page_break(), "{index:air}b" },
      b.page { numbers = "1", "{index:air}c", b.page_break(), "{index:air}d", b.page_break(), "{index:air}e",
        b.page_break(), b.index { title = false, letters = false, columns = 1 } } }
    t.equal(index_of(render(spec)), "air, i, ii, 1–3")
  end)
end)
