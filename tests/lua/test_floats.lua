-- Floats: where they stand, their order, what is called and tagged where.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"
local tree = require "tree"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"]}}]]

--- The drawing steps of a report, whose pages are 200 by 240 with room for ten lines of text.
local function draw(spec)
  spec.paper = spec.paper or { 200, 230 }
  spec.margins = spec.margins or { top = 40, right = 20, bottom = 40, left = 20 }
  if spec.footer == nil then spec.footer = false end
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

--- The words on each page from top to bottom, or in the order of drawing.
local function pages_of(trace, in_order)
  local pages, number = {}, 0
  for line in trace:gmatch "[^\n]+" do
    number = tonumber(line:match "^page (%d+)") or number
    pages[number] = pages[number] or {}
    local y = line:match "^text %S+ (%S+)"
    if y then
      local words = {}
      for i, part in ipairs(tree.parts(line)) do words[i] = part.text end
      table.insert(pages[number], { tonumber(y), table.concat(words) })
    end
  end
  for i, page in ipairs(pages) do
    if not in_order then table.sort(page, function(one, other) return one[1] < other[1] end) end
    for j, words in ipairs(page) do page[j] = words[2] end
    pages[i] = table.concat(page, " ")
  end
  return pages
end

local function lines(name, n)
  local list = {}
  for i = 1, n do list[i] = name .. i end
  return b.text { table.concat(list, "\\\n"), orphans = 1, widows = 1, space_before = 0, space_after = 0 }
end

local function box(name, height)
  return b.stack { height = height, name }
end

t.describe("a float", function()
  t.it("goes to the top of the page that calls it, and is drawn where it is called", function()
    local trace = draw { lines("a", 2), b.float { box("F", 30) }, lines("b", 2) }
    t.equal(pages_of(trace), { "F a1 a2 b1 b2" })
    t.equal(pages_of(trace, true), { "a1 a2 F b1 b2" })
    t.contains(trace, 'text 20 51.136 "F"')
    t.contains(trace, 'text 20 101.136 "a1"') -- 40, the float, 20 between them.
  end)
  t.it("goes to the foot", function()
    local trace = draw { lines("a", 2), b.float { at = "bottom", box("F", 30) }, lines("b", 2) }
    t.equal(pages_of(trace), { "a1 a2 b1 b2 F" })
    t.contains(trace, 'text 20 171.136 "F"')
  end)
  t.it("goes to the next page where its call would go there for it", function()
    t.equal(pages_of(draw { lines("a", 8), b.float { box("F", 30) }, lines("b", 4) }),
      { "a1 a2 a3 a4 a5 a6 a7 a8 b1 b2", "F b3 b4" })
  end)
  t.it("stands behind those that were called before it and wait", function()
    t.equal(pages_of(draw { lines("a", 5), b.float { box("F", 60) }, b.float { at = "bottom", box("G", 15) },
      lines("b", 9) }), { "a1 a2 a3 a4 a5 b1 b2 b3 b4 b5", "F b6 b7 G", "b8 b9" })
  end)
  t.it("may have a page of its own, or share it with others of the kind", function()
    t.equal(pages_of(draw { lines("a", 2), b.float { at = "page", box("F", 30) }, b.float { at = "page", box("G", 30) },
      lines("b", 10) }), { "a1 a2 b1 b2 b3 b4 b5 b6 b7 b8", "F G", "b9 b10" })
  end)
  t.it("is placed before pages of another style begin, and when the text has ended", function()
    local wide = { wide = { paper = { 300, 200 } } }
    t.equal(pages_of(draw { pages = wide, lines("a", 9), b.float { box("F", 60) }, b.page { style = "wide", "w" }, "c" }),
      { "a1 a2 a3 a4 a5 a6 a7 a8 a9", "F", "w", "c" })
    t.equal(pages_of(draw { lines("a", 10), b.float { box("F", 60) }, b.float { box("G", 60) }, b.float { box("H", 60) } }),
      { "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10", "F G", "H" })
  end)
  t.it("is found by its name where it stands, not where it is called", function()
    local trace = draw { lines("a", 8), b.float { id = "f", box("F {page:f}", 30) }, lines("b", 2), "See {page:f}." }
    t.equal(pages_of(trace), { "a1 a2 a3 a4 a5 a6 a7 a8 b1 b2", "F 2 See 2." })
    t.contains(trace, 'destination "f" 2 20 40')
  end)
  t.it("may have notes, which stand at the foot of its page", function()
    t.equal(pages_of(draw { lines("a", 8), b.float { "F^[of the float]" }, lines("b", 2), "c^[of the text]" }),
      { "a1 a2 a3 a4 a5 a6 a7 a8 b1 b2", "F1 c2 1 of the float 2 of the text" })
  end)
  t.it("spans the page out of columns", function()
    local trace = draw { b.columns { lines("a", 4), b.float { box("F", 30) }, lines("b", 4) } }
    t.contains(trace, 'text 20 51.136 "F"')
    t.contains(trace, 'text 20 101.136 "a1"')
  end)
  t.it("waits for its page where more pages are laid out than are held", function()
    local list = { "See {page:x}.", b.page_break() }
    for i = 1, 499 do
      list[#list + 1] = "p" .. i
      if i == 499 then
        list[#list + 1] = lines("a", 7)
        list[#list + 1] = b.float { box("F", 60) }
      end
      list[#list + 1] = b.page_break()
    end
    list[#list + 1] = b.heading { "X", id = "x" }
    local pages = pages_of(draw(list))
    t.equal({ pages[500], pages[501] }, { "p499 a1 a2 a3 a4 a5 a6 a7", "F X" })
  end)
  t.it("that is higher than a page is an error that says how high", function()
    local message = t.raises("float: a block of 300 points is higher than the page, which has 150", draw,
      { "a", b.float { b.canvas { height = 300, draw = function() end } } })
    t.contains(message, "test_floats.lua:")
    t.raises("float: it has no block", b.float, {})
  end)
end)
