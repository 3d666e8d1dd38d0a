-- Entries: words, and a text at the right edge of their last line.
local t = require "luatest"
local b = require "briefpress"
local Context = require "briefpress.context"
local plain = require "themes.plain"

local function context()
  return Context.new { data = {}, params = {}, language = "en", ledger = {}, theme = plain }
end

local function draw(spec, width)
  local cx = context()
  local page = testing.document():page(300, 300)
  testing.trace()
  local fragment = b.entry(spec):layout(cx, width, 200)
  fragment:draw(page, 10, 10)
  return testing.trace(), fragment
end

t.describe("an entry", function()
  t.it("has its second text at the right edge of the last line of its words", function()
    local trace, fragment = draw({ ("word "):rep(20), "end", size = 10, leading = 14 }, 200)
    local x, y = trace:match 'text (%S+) (%S+) "end"'
    local last
    for line in trace:gmatch 'text 10 (%S+) "word' do last = line end
    t.equal(y, last)
    t.near(tonumber(x) + fragment.value.owner:prepare(context()):max_width(), 210)
    t.truthy(fragment.height > 14)
  end)
  t.it("draws dots only where that is asked for, and where there is room", function()
    t.truthy(not draw({ "a", "b" }, 200):find "path")
    t.contains(draw({ "a", "b", leader = true }, 200), "path")
    t.truthy(not draw({ "aaaaaaaaaa", "bbbbbbbb", leader = true }, 125):find "path")
  end)
  t.it("puts its dots below those of others", function()
    local places = {}
    for _, words in ipairs { "a", "longer" } do
      local from, phase = draw({ words, words, leader = true }, 200):match "path M (%S+) .-phase (%S+)"
      places[#places + 1] = (tonumber(from) - tonumber(phase or 0)) % 4
    end
    t.near(places[1], places[2], 0.01)
  end)
  t.it("refuses what it cannot set", function()
    t.raises("entry: the words must be a string, got 5", b.entry, { 5, "b" })
    t.raises("entry: what stands at the right edge must be a string", b.entry, { "a" })
    t.raises("entry takes two texts", b.entry, { "a", "b", "c" })
    t.raises('entry: no option "leeder"; did you mean "leader"?', b.entry, { "a", "b", leeder = true })
    t.raises("entry: what stands at the right edge takes", draw, { "a", ("word "):rep(20) }, 100)
  end)
  t.it("goes to the next page whole", function()
    local entry = b.entry { ("word "):rep(40), "end" }
    t.equal({ entry:layout(context(), 100, 20) }, { nil, entry })
  end)
end)
