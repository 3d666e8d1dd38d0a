-- Reports with page numbers: what is laid out how often, what a pass that draws nothing needs, and what is drawn then.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"
local tree = require "tree"

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"]}}]]

local function draw(spec)
  spec.footer = spec.footer or false
  spec.margins = { top = 10, bottom = 10, left = 10, right = 10 }
  spec.paper = spec.paper or { 220, 100 }
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

local function count(text, part)
  local n = 0
  for _ in text:gmatch(part) do n = n + 1 end
  return n
end

--- A block of a height that counts its calls; `locate` goes into its fragments.
local function counting(height, locate)
  local calls = { layout = 0, draw = 0 }
  local own = b.block {
    space_before = 0, space_after = 0,
    layout = function(self, _, width, available)
      calls.layout = calls.layout + 1
      if height > available then return nil, self end
      return { width = width, height = height, locate = locate, draw = function(_, canvas, x, y)
        calls.draw = calls.draw + 1
        canvas:rect(x, y, 10, height, { fill = "#000000" })
      end }
    end,
  }
  return own, calls
end

t.describe("a report with page numbers", function()
  t.it("is laid out once where nothing but the contents shows them", function()
    local own, calls = counting(20)
    local trace = draw { b.contents(), b.heading "One", own }
    t.equal({ calls.layout, calls.draw, count(trace, "path R") }, { 1, 2, 1 })
  end)
  t.it("is laid out once where the numbers in its texts move nothing", function()
    local own, calls = counting(20)
    local trace = draw { "See page {page:end}.", own, b.page_break(), b.heading { "End", id = "end" } }
    t.equal(calls.layout, 1)
    t.contains(tree.words(trace), "See page 2.")
  end)
  t.it("is laid out again where a number moves what follows", function()
    -- A number of two digits takes a second line, after which the block below goes to the next page.
    local trace = draw { "Here 0." }
    local from, to = 10, 30
    while to - from > 0.1 do -- The least width at which a digit does not wrap.
      local middle = (from + to) / 2 + 20
      local lines = count(draw { b.text { "Here 0.", width = middle } }, "\ntext ")
      if lines > 1 then from = middle - 20 else to = middle - 20 end
    end
    t.contains(trace, '"Here 0."')
    local own, calls = counting(50)
    local spec = { b.text { "Here {page:end}.", width = to + 21 }, own }
    for _ = 1, 10 do
      spec[#spec + 1] = b.page_break()
      spec[#spec + 1] = "x"
    end
    spec[#spec + 1] = b.heading { "End", id = "end" }
    trace = draw(spec)
    t.equal(calls.layout, 3) -- Once beside one line, then not beside two, and on the next page.
    t.contains(trace, '"Here"')
    t.contains(tree.words(trace), "12.")
    t.equal(count(trace, "\npage "), 11)
  end)
  t.it("draws what it kept and what it did not hold alike", function()
    local spec = { b.contents(), "The end is on page {page:end}." }
    for i = 1, 510 do
      spec[#spec + 1] = b.page_break()
      spec[#spec + 1] = "Page text " .. i
    end
    spec[#spec + 1] = b.heading { "End", id = "end" }
    local trace = draw(spec)
    t.contains(tree.words(trace), "The end is on page 511.")
    t.equal({ count(trace, "\npage "), count(trace, '"Page text ') }, { 510, 510 })
    for _, i in ipairs { 1, 499, 500, 501, 510 } do t.equal(count(trace, ('"Page text %d"'):format(i)), 1) end
  end)
end)

t.describe("a fragment", function()
  t.it("that has nothing to locate is drawn once, onto the page", function()
    local own, calls = counting(20, false)
    local trace = draw { b.contents(), b.heading "One", own }
    t.equal({ calls.draw, count(trace, "path R") }, { 1, 1 })
  end)
  t.it("that knows how to locate is asked instead of drawn", function()
    local places = {}
    local own = counting(20, function(_, canvas, x, y) places[#places + 1] = { canvas.number, x, y } end)
    local _, calls = counting(20)
    draw { b.contents { title = false }, b.page_break(), own }
    t.equal(places, { { 2, 10, 10 } })
    t.equal(calls.draw, 0)
  end)
  t.it("of a user that holds others is asked through its draw", function()
    local function around(child)
      return b.block { children = { child }, layout = function(_, cx, width, height)
        local inner, rest = child:layout(cx, width, height)
        return inner and { width = width, height = inner.height, draw = function(_, canvas, x, y)
          inner:draw(canvas, x, y)
        end }, rest
      end }
    end
    local trace = draw { "See page {page:deep}.", b.page_break(), around(b.stack { b.heading { "Deep", id = "deep" } }) }
    t.contains(tree.words(trace), "See page 2.")
  end)
  t.it("in a row, a column, a list or a grid is found", function()
    local function named(id) return b.stack { b.heading { id, id = id }, "x" } end
    local spec = { paper = { 300, 300 }, b.page_break(), b.row { "a", named "row" }, b.page_break(), b.columns { named "column", "b", "c", "d" },
      b.page_break(), b.list { { "a", named "list" } }, b.page_break(), b.grid { "a", named "grid" } }
    local names = { "row", "column", "list", "grid" }
    local asked = {}
    for i, name in ipairs(names) do asked[i] = ("{page:%s}"):format(name) end
    table.insert(spec, 1, table.concat(asked, " "))
    t.contains(tree.words(draw(spec)), "2 3 4 5")
  end)
  t.it("in a cell of a table is found", function()
    local page
    local asks = b.block { uses_pages = true, layout = function(_, cx, width)
      page = cx:page_of "cell"
      return { width = width, height = 0, draw = function() end }
    end }
    local function cell(text) return b.stack { b.stack { id = text, text } } end
    draw { paper = { 300, 100 }, asks, b.page_break(), b.table { columns = { "A", "B" }, header = false,
      rows = { { "a", "b" }, { "a", "b" }, { "a", "b" }, { "a", "b" }, { "a", cell "cell" }, { "a", "b" } } } }
    t.equal(page, 3)
  end)
end)

t.describe("what is drawn later", function()
  t.it("keeps the width it was laid out at", function()
    local shared = b.table { columns = { "A", "B" }, rows = { { "a", "one" }, { "b", "two" } } }
    local trace = draw { paper = { 300, 300 }, b.contents(), shared, b.page_break(), b.row { "x", shared } }
    local places = {}
    for x in trace:gmatch('text ([%d.]+) [%d.]+ "one"') do places[#places + 1] = tonumber(x) end
    local alone = draw { paper = { 300, 300 }, shared }
    t.equal(#places, 2)
    t.near(places[1], tonumber(alone:match('text ([%d.]+) [%d.]+ "one"')))
    t.truthy(places[1] ~= places[2], "the second one is narrower")
  end)
  t.it("has names of its own in the structure", function()
    local words = ("Words that fill a line or two. "):rep(9)
    local function made_late()
      return b.block { layout = function(_, cx, width, height) return b.text(words):layout(cx, width, height) end }
    end
    local trace = draw { words, b.contents { title = false }, made_late(), "{page:end}",
      b.heading { "End", id = "end" }, made_late(), made_late() }
    local seen, names = {}, 0
    for id in trace:gmatch('tag P id "(p%-%d+)"') do
      names = names + (seen[id] and 0 or 1)
      seen[id] = true
    end
    t.equal(names, 4) -- Each of the four goes over a page.
  end)
  t.it("blames the drawing that is wrong, not what was laid out last", function()
    local function line_of(message) return tonumber(message:match("test_passes.lua:(%d+)")) end
    local wrong = b.canvas { height = 20, draw = function(_, _, _, _, _, cx) return cx:color "redd" end }
    local after = b.text "{nothing}"
    local line = line_of(t.raises("no such indicator", draw, { after }))
    t.equal(line_of(t.raises('no colour "redd"', draw, { b.contents(), wrong, "words", b.heading "After it" })), line - 1)
  end)
end)
