-- What a screen reader hears: the order and the types of what blocks of text draw.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"
local tree = require "tree"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"]},
  "sources": [{"id": "s", "title": "Survey", "publisher": "Office", "url": "https://example.org/s"}],
  "themes": [{"id": "t", "title": "T"}],
  "indicators": [{"id": "people", "theme": "t", "label": "People", "unit": "people",
    "observations": [{"period": "2022", "value": 12, "source": "s"}]}]}]]

--- The trace of a report, whose pages are 200 by 230 with room for some ten lines.
local function draw(spec)
  spec.title = spec.title or "The report"
  spec.paper, spec.footer = spec.paper or { 240, 230 }, false
  spec.margins = spec.margins or { top = 20, right = 20, bottom = 20, left = 20 }
  testing.trace()
  testing.findings()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

local function heard(spec) return tree.show(draw(spec)) end

local function levels(spec) return tree.headings(draw(spec)) end

local function head(level, title) return b.heading { title or "T" .. level, level = level } end

t.describe("levels of headings", function()
  t.it("begin with the first and skip none", function()
    t.equal(levels { head(2), head(4), head(4), head(3), head(1), head(6), head(2) }, "H1 H2 H2 H2 H1 H2 H2")
    t.equal(levels { head(1), head(3), head(2), head(3) }, "H1 H2 H2 H3")
  end)
  t.it("of chapters in parts are one deeper, and six at most", function()
    local function nested(level)
      return level <= 6 and b.section { title = "L" .. level, nested(level + 1) } or "end"
    end
    t.equal(levels { b.part { title = "P", page = false, nested(1) }, b.section { title = "After" } },
      "H1 H2 H3 H4 H5 H6 H6 H1")
  end)
  t.it("are those of who hears them in boxes, cells, columns and for each row, too", function()
    t.equal(levels { b.callout { head(3) }, b.row { head(2), head(5) }, b.columns { head(3), "x" },
      b.each({ 1, 2 }, function() return { head(4), "x" } end), b.text { "x", tag = "H6" }, b.text { "y", tag = "H2" } },
      "H1 H1 H2 H2 H3 H3 H4 H1")
  end)
  t.it("hold for the titles that components print", function()
    t.equal(levels { head(1), b.sources {}, head(2) }, "H1 H2 H2")
  end)
end)

t.describe("the report's title", function()
  t.it("is a heading above those of sections, where a text says it first", function()
    t.equal(heard { title = "Air", b.cover { b.text { "Air", style = "h1" } }, b.section { title = "One", "words" } },
      "H1(Air) Sect(H1(One) P(words))")
    t.equal(levels { title = "Air", "Air", head(2), "Air" }, "H1 H2")
    t.equal(levels { b.stack { fill = "ink", b.text { "Air, 2022", style = "cover_title", color = "paper" } }, head(1) },
      "H1 H1")
    t.equal(levels { title = "Air", head(1), "Air" }, "H1")
    t.equal(heard { title = "Sample", b.layers { b.stack { fill = "ink", b.text { "{dataset.title}", color = "paper" } } } },
      "H1(Sample)")
    t.equal(levels { title = "Another", "{dataset.title}" }, "")
  end)
end)

t.describe("sections", function()
  t.it("hold what follows their heading, over pages", function()
    t.equal(heard { "before", head(1, "A"), "a", head(2, "B"), "b", b.page_break(), "c", head(1, "D"), "d" },
      "P(before) Sect(H1(A) P(a) Sect(H2(B) P(b) P(c))) Sect(H1(D) P(d))")
  end)
  t.it("are opened by headings in columns and groups of pages, not by those in boxes", function()
    t.equal(heard { b.columns { count = 1, head(1, "A"), "a" }, b.page { head(1, "B") },
      b.stack { padding = 4, head(2, "C"), "c" }, "d" }, "Sect(H1(A) P(a)) Sect(H1(B) H2(C) P(c) P(d))")
  end)
  t.it("of parts are parts", function()
    t.equal(heard { b.part { title = "P", page = false, numbered = false, b.section { title = "A", "a" } } },
      "Part(H1(Span(P)) Sect(H2(A) P(a)))")
  end)
end)

t.describe("text", function()
  t.it("is quoted, or code, within a paragraph", function()
    t.equal(heard { b.text { "said", style = "quote" }, b.text { "x = 1", style = "code" },
      b.text { "that", tag = "BlockQuote" }, b.markdown "> said\n\n```\ny\n```" },
      "BlockQuote(P(said)) P(Code(x = 1)) BlockQuote(P(that)) BlockQuote(P(said)) P(Code(y))")
    t.equal(heard { b.text { "one\n\ntwo", style = "quote" } }, "BlockQuote(P(one) P(two))")
  end)
  t.it("says what its words are", function()
    local trace = draw { head(1, "A"), b.text { "`x`, [OECD]{expansion=\"Organisation for Economic Co-operation\"}, [quoted]"
      .. "{tag=Quote}, [mot]{language=fr}, {ref:it}", id = "p" }, b.heading { "It", id = "it" } }
    t.contains(tree.show(trace), "P(Code(x) ,  Span(OECD) ,  Quote(quoted) ,  mot ,  Reference(It))")
    t.contains(trace, '"OECD" expansion "Organisation for Economic Co-operation"')
  end)
  t.it("of an entry is one paragraph", function()
    t.equal(heard { b.entry { "Soup", "4.50", leader = true } }, "P(Span(Soup) Span(4.50))")
  end)
end)

t.describe("lists", function()
  t.it("say how they are numbered, and stay one over pages", function()
    local items = { ordered = true }
    for i = 1, 20 do items[i] = "item" .. i end
    local trace = draw { b.list(items), b.list { "x" }, b.list { "y", marker = "▪" } }
    local lists = {}
    for _, element in ipairs(tree.of(trace)) do lists[#lists + 1] = #element .. element.line:match 'numbering "(%a+)"' end
    t.equal(lists, { "20Decimal", "1Disc", "1Square" })
  end)
end)

t.describe("contents", function()
  t.it("are tables within tables, each line a reference with a link", function()
    t.equal(heard { b.contents { depth = 3, title = "C" }, head(1, "A"), head(2, "B"), head(3, "C"), head(1, "D") },
      "TOC(Caption(C) TOCI(Reference(Link(A  2))) TOC(TOCI(Reference(Link(B  2))) TOC(TOCI(Reference(Link(C  2))))) "
        .. "TOCI(Reference(Link(D  2)))) Sect(H1(A) Sect(H2(B) Sect(H3(C)))) Sect(H1(D))")
  end)
end)

t.describe("contents with parts", function()
  t.it("hold chapters in their part, and appendices beside it", function()
    t.equal(heard { paper = { 240, 400 }, b.contents { title = false, part_pages = false },
      b.part { title = "P", page = false, numbered = false, b.section { title = "A" } }, b.appendix { title = "B" } }:match "^TOC%b()",
      "TOC(TOCI(Reference(Link(P))) TOC(TOCI(Reference(Link(A  2)))) TOCI(Reference(Link(B  2))))")
  end)
end)

t.describe("what stands elsewhere on the page", function()
  t.it("is read where it is called", function()
    t.equal(heard { b.text "before", b.float { at = "top", b.text "float" }, "after" }, "P(before) P(float) P(after)")
    t.equal(heard { "before", b.float { at = "page", b.text "float" }, "after" }, "P(before) Div(P(float)) P(after)")
  end)
  t.it("notes behind their marks, endnotes where they are printed", function()
    t.equal(heard { "one^[note] two" }, "P(one Reference(1) Note(Lbl(Link(1)) note)  two)")
    t.equal(heard { notes_at = "end", "one^[note] two", b.endnotes {} },
      "P(one Reference(1)  two) Sect(H1(Notes) Note(Lbl(Link(1)) note))")
  end)
  t.it("side notes behind what they stand beside", function()
    t.equal(heard { margins = { right = 80, left = 20, top = 20, bottom = 20 }, b.side_note { "aside", "words" }, "more" },
      "P(words) Note(aside) P(more)")
  end)
  t.it("columns of a row that goes on are read one by one", function()
    local left, right = {}, {}
    for i = 1, 12 do left[i], right[i] = "l" .. i, "r" .. i end
    local said = heard { b.row { b.stack(left), b.stack(right) } }
    t.equal(said:gsub("[^lr]", ""), ("l"):rep(12) .. ("r"):rep(12))
  end)
end)

t.describe("lists of the report", function()
  t.it("of sources are entries of a bibliography", function()
    t.equal(heard { head(1, "A"), b.sources {} },
      "Sect(H1(A) Sect(H2(Sources) L(LI(Lbl(1.) LBody(BibEntry(Office,  Survey .  example.org/s))))))")
  end)
  t.it("of the index hold each other as its terms do", function()
    t.equal(heard { "{index:Air}Air {index:Air!clean}clean {index:Bus}Bus", b.index {} },
      "P(Air clean Bus) Sect(Index(H1(Index) L(Caption(A) LI(LBody(P(Air,  Reference(1)) L(LI(LBody(P(clean,  Reference(1)))))))) "
        .. "L(Caption(B) LI(LBody(P(Bus,  Reference(1)))))))")
  end)
  t.it("of the glossary are labelled with the terms", function()
    t.equal(heard { "{people}", b.glossary {} },
      "P(12) Sect(H1(Indicators) L(LI(Lbl(People) LBody(P(Office, Survey · 2022 · page\u{A0}1)))))")
  end)
end)
