-- Pages: styles, sides, numbers of their own, and what stands in their margins.
local t = require "luatest"
local b = require "briefpress"
local page_styles = require "briefpress.page_styles"
local run = require "briefpress.run"
local tree = require "tree"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"]}}]]

--- The drawing steps of a report, whose pages are 200 by 200.
local function draw(spec)
  spec.paper = spec.paper or { 200, 200 }
  spec.margins = spec.margins or { top = 40, right = 30, bottom = 40, left = 20 }
  if spec.footer == nil then spec.footer = false end
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

--- What stands on each page, in the order of drawing: {["1"] = {"text x y words", ...}}.
local function pages_of(trace)
  local pages, number = {}, 0
  for line in trace:gmatch "[^\n]+" do
    local page = line:match "^page (%d+)"
    if page then
      number = tonumber(page)
      pages[number] = pages[number] or {}
    end
    local x, words = line:match '^text (%S+) %S+ "([^"]*)"'
    if x then table.insert(pages[number], x .. " " .. words) end
  end
  return pages
end

local function lines(n)
  local list = {}
  for i = 1, n do list[i] = "w" .. i end
  return b.text { table.concat(list, "\\\n"), orphans = 1, widows = 1 }
end

t.describe("page styles", function()
  t.it("hold for the blocks of a b.page, and the report's own before and after", function()
    local trace = draw { pages = { wide = { paper = { 300, 100 }, margins = { left = 50, top = 20, bottom = 20 } } },
      "before", b.page { style = "wide", "inside" }, "after" }
    t.contains(trace, "page 1 200 200")
    t.contains(trace, "page 2 300 100")
    t.contains(trace, "page 3 200 200")
    t.equal(pages_of(trace), { { "20 before" }, { "50 inside" }, { "20 after" } })
  end)
  t.it("hold over as many pages as their blocks take, and within each other", function()
    local trace = draw { pages = { low = { paper = { 200, 110 } }, high = { paper = { 200, 400 } } },
      b.page { style = "low", lines(4), b.page { style = "high", "deep" }, "low again" }, "own" }
    t.equal(pages_of(trace), { { "20 w1", "20 w2" }, { "20 w3", "20 w4" }, { "20 deep" }, { "20 low again" },
      { "20 own" } })
  end)
  t.it("stand in sections too, and take their margins from the report", function()
    local trace = draw { pages = { wide = { paper = { 300, 300 }, margins = { left = 70 } } },
      b.section { title = "One", b.page { style = "wide", lines(1) }, "after" } }
    t.equal(pages_of(trace), { { "20 One" }, { "70 w1" }, { "20 after" } })
    t.contains(trace, "text 70 51.")
  end)
  t.it("are an error where there is none of the name, or where a page cannot stand", function()
    local message = t.raises('page: no page style "wibe"; did you mean "wide"?', draw,
      { pages = { wide = {} }, b.page { style = "wibe", "x" } })
    t.contains(message, "test_pages.lua:")
    t.raises("b.report { pages = { wide = { ... } } } makes one", draw, { b.page { style = "wide", "x" } })
    t.raises("b.page stands at the top level", draw, { pages = { w = {} }, b.row { b.page { style = "w", "x" } } })
    t.raises('report: pages.w: no option "papier"; did you mean "paper"?', draw, { pages = { w = { papier = 1 } }, "x" })
  end)
end)

t.describe("facing pages", function()
  t.it("have their inner margin on the left of a right-hand page, and on the right of a left-hand one", function()
    local trace = draw { facing = true, margins = { inner = 50, outer = 20, top = 40, bottom = 40 },
      "one", b.page_break(), "two", b.page_break(), "three" }
    t.equal(pages_of(trace), { { "50 one" }, { "20 two" }, { "50 three" } })
  end)
  t.it("need to be said for margins to have an inner side", function()
    t.raises("set facing = true", draw, { margins = { inner = 50 }, "x" })
    t.raises("not both", draw, { facing = true, margins = { inner = 50, left = 20 }, "x" })
  end)
  t.it("leave a page blank before what begins on a side", function()
    local footer = function(page) return b.text { page.number .. page.side, style = "footer" } end
    local trace = draw { footer = footer, "one", b.page_break "right", "two", b.page_break "left", "three",
      b.page_break "right", "four" }
    t.equal(pages_of(trace), { { "20 one", "20 1right" }, {}, { "20 two", "20 3right" }, { "20 three", "20 4left" },
      { "20 four", "20 5right" } })
    t.equal(#pages_of(draw { "one", b.section { title = "Two", break_before = "right" } }), 3)
    t.equal(#pages_of(draw { "one", b.section { title = "Two", break_before = true } }), 2)
    t.raises('"left" or "right"; got "odd"', b.section, { title = "Two", break_before = "odd" })
    t.equal(#pages_of(draw { "one", b.page { start = "right", "two" } }), 3)
    t.raises('"left" or "right"; got "rihgt"', b.page_break, "rihgt")
  end)
end)

t.describe("furniture", function()
  t.it("differs on the first, the last, left and right pages", function()
    local trace = draw { header = { first = "first", last = "last", left = "left", right = "right" },
      "1", b.page_break(), "2", b.page_break(), "3", b.page_break(), "4" }
    t.equal(pages_of(trace), { { "20 1", "20 first" }, { "20 2", "20 left" }, { "20 3", "20 right" },
      { "20 4", "20 last" } })
    t.equal(pages_of(draw { header = { "any", first = false }, "1", b.page_break(), "2" }),
      { { "20 1" }, { "20 2", "20 any" } })
  end)
  t.it("of a page style is its own, the report's, or none", function()
    local trace = draw { header = "own", footer = "foot",
      pages = { a = { header = "other" }, b = { header = false, footer = false } },
      "1", b.page { style = "a", "2" }, b.page { style = "b", "3" } }
    t.equal(pages_of(trace), { { "20 1", "20 own", "20 foot" }, { "20 2", "20 other", "20 foot" }, { "20 3" } })
  end)
  t.it("is told the titles in force by level: the first that begin on a page, and the last", function()
    local function titles(page)
      local function said(list) return (list[1] or "-") .. "/" .. (list[2] or "-") end
      return b.text { said(page.first_titles) .. " " .. said(page.last_titles), style = "header", width = 140 }
    end
    local trace = draw { header = titles, paper = { 200, 300 }, margins = { top = 40, bottom = 40, left = 20, right = 20 },
      b.section { title = "A", b.section { title = "a" }, b.section { title = "b", "x", b.page_break(), "y",
        b.page_break(), "z" }, b.section { title = "c", "x" } }, b.section { title = "B", "x", b.page_break(), "w" } }
    local said = {}
    for number, page in ipairs(pages_of(trace)) do said[number] = page[#page]:match "%S+ (.*)" end
    t.equal(said, { "A/a A/b", "A/b A/b", "B/c B/-", "B/- B/-" })
  end)
  t.it("that is none is an error that says what it may be", function()
    t.raises("report: header must be a function of the page, a block, a text or false, got a number", draw,
      { header = 3, "x" })
    t.raises('report: footer: no option "fisrt"; did you mean "first"?', draw, { footer = { fisrt = "x" }, "x" })
  end)
end)

t.describe("page numbers", function()
  t.it("are roman in front matter and begin anew behind it, in texts and the contents too", function()
    local footer = function(page) return b.text { page.label, style = "footer" } end
    local trace = draw { footer = footer, paper = { 200, 300 }, b.page { numbers = "i", "Look at {page:here}, {page:pre}.", b.page_break(),
      b.heading { "Preface", id = "pre" } }, b.heading { "Body", id = "here" } }
    t.contains(tree.words(trace), "Look at 1, ii.")
    t.contains(trace, "label 1 r 1")
    t.contains(trace, "label 3 D 1")
    local pages = pages_of(trace)
    t.equal({ pages[1][#pages[1]], pages[2][2], pages[3][2] }, { "20 i", "20 ii", "20 1" })
  end)
  t.it("are right although the front matter grew after the text was set", function()
    local trace = draw { b.page { numbers = "i", b.contents { title = false }, b.heading { "P", id = "p" } },
      b.page { numbers = "A", b.heading { "Q", id = "q" }, lines(8), b.page_break(), b.heading { "R", id = "r" } },
      "{page:p} {page:q} {page:r}" }
    t.contains(tree.words(trace), "i A C")
  end)
  t.it("may begin with another than one", function()
    t.contains(draw { first_number = 17, footer = b.footer, "x", b.page_break(), "y" }, '"Page 18"')
    t.raises("first_number counts from 1", draw, { first_number = 0, "x" })
  end)
  t.it("are written as readers of PDF write them", function()
    local function all(kind, ...)
      local list = {}
      for i, n in ipairs { ... } do list[i] = page_styles.label(kind, n) end
      return table.concat(list, " ")
    end
    t.equal(all("i", 1, 4, 9, 14, 49, 90, 400, 1999), "i iv ix xiv xlix xc cd mcmxcix")
    t.equal(all("I", 8), "VIII")
    t.equal(all("a", 1, 26, 27, 53), "a z aa aaa")
    t.equal(all("A", 2), "B")
  end)
end)

t.describe("a printer", function()
  t.it("gets grounds beyond the edges, and marks outside of them", function()
    local seen
    local ground = b.block { layout = function(_, _, width, height)
      seen = { width, height }
      return { width = width, height = height, draw = function(_, canvas, x, y)
        canvas:rect(x, y, width, height, { fill = "#eeeeee" })
      end }
    end }
    local trace = draw { bleed = 10, crop_marks = true, background = ground, "x" }
    t.equal(seen, { 220, 220 })
    t.contains(trace, "trim 10 27")
    t.contains(trace, "path R -10 -10 220 220")
    t.contains(trace, "artifact Page\npath M 0 -24 L 0 -10 ")
    trace = draw { crop_marks = true, "x" }
    t.contains(trace, "trim 0 23")
    t.truthy(not draw { "x" }:find("trim", 1, true), "asked for alone")
    t.raises("report: bleed is no less than 0", draw, { bleed = -1, "x" })
  end)
end)

t.describe("watermarks", function()
  t.it("are drawn below the text as an artifact, turned about the middle of the page", function()
    local trace = draw { background = b.watermark { "Draft", angle = 90, size = 20 }, "words" }
    t.contains(trace, "artifact Background")
    t.contains(trace, "transform 0 -1 1 0 100 100")
    t.truthy(trace:find('"Draft"', 1, true) < trace:find('"words"', 1, true), "it lies below")
  end)
  t.it("need a word", function()
    t.raises("watermark expects its word as a string, got nothing", b.watermark, {})
  end)
end)
