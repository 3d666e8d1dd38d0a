-- Side notes: the margin they stand in, and how they make way for each other.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"]}}]]

local function draw(spec)
  spec.paper = spec.paper or { 400, 200 }
  spec.margins = spec.margins or { top = 40, right = 120, bottom = 40, left = 30 }
  spec.footer = false
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

t.describe("a side note", function()
  t.it("stands in the right margin, on the baseline of what it belongs to, tagged behind it", function()
    local trace = draw { b.side_note { "Beside", b.text "Words" } }
    t.contains(trace, 'text 30 51.136 "Words"')
    t.contains(trace, 'text 292 51.136 "Beside"')
    t.contains(trace, 'end tag\ntag Note id "')
  end)
  t.it("stands in the outer margin of facing pages", function()
    local trace = draw { facing = true, margins = { inner = 30, outer = 120, top = 40, bottom = 40 },
      b.side_note { "one", "Words" }, b.page_break(), b.side_note { "two", "Words" },
      }
    t.contains(trace, 'text 292 51.136 "one"')
    t.contains(trace, 'text 18 51.136 "two"')
  end)
  t.it("is pushed down by the one before it, and up by the foot of the page", function()
    local trace = draw { b.side_note { "a\\\nb\\\nc", "One" }, b.side_note { "d", "Two" } }
    t.contains(trace, 'text 292 51.136 "a"')
    t.contains(trace, 'text 292 92.136 "d"') -- Three lines of 11, and 8 between the notes.
    trace = draw { b.canvas { height = 90, space_after = 0, draw = function() end }, b.side_note { "a\\\nb\\\nc", "One", space_before = 0 } }
    local y = tonumber(trace:match 'text 292 (%S+) "c"')
    t.truthy(y < 160 and y > 150, "its last line stands above the foot")
  end)
  t.it("is set once, although what it belongs to goes on on the next page", function()
    local list = {}
    for i = 1, 12 do list[i] = "w" .. i end
    local trace = draw { b.side_note { "Beside", b.text { table.concat(list, "\\\n") } } }
    local _, count = trace:gsub('"Beside"', "")
    t.equal(count, 1)
    t.contains(trace, '"w12"')
  end)
  t.it("that has no room is an error that says how wide the margin must be", function()
    local message = t.raises("side_note: the right margin is 60 points wide, and a note needs 70", draw,
      { margins = { right = 60 }, b.side_note { "Beside", "Words" } })
    t.contains(message, "test_side_notes.lua:")
    t.raises("does not fit below the others of its page; it has 0", draw,
      { b.side_note { ("a\\\n"):rep(10) .. "b", "One" }, b.side_note { "c", "Two" } })
    t.raises("give it what it stands beside, too", b.side_note, { "Beside" })
    t.raises("side_note expects the note first", b.side_note, { 3, "x" })
  end)
end)
