-- The vertical flow: spaces, splits, headings that stay with what follows.
local t = require "luatest"
local Context = require "briefpress.context"
local Flow = require "briefpress.flow"

local function context()
  return Context.new { data = {}, params = {}, language = "en", ledger = {}, theme = { type = {}, space = { block = 0 } } }
end

--- A block of lines of one point each that can be cut anywhere, or nowhere.
local function lines(count, spec)
  local block = { count = count, place = "layout.lua:1", space_before = 0, space_after = 0 }
  for key, value in pairs(spec or {}) do block[key] = value end
  function block.measure() return 1, 1 end
  function block.layout(self, _, width, height)
    local fit = math.floor(height)
    if fit >= self.count then return { width = width, height = self.count, draw = print, of = self } end
    if self.whole or fit < 1 then return nil, self end
    return { width = width, height = fit, draw = print, of = self }, lines(self.count - fit, spec)
  end
  return block
end

local function tops(fragment)
  local list = {}
  for i = 1, #fragment do list[i] = fragment.tops[i] end
  return list
end

t.describe("a flow", function()
  t.it("keeps the larger of two neighbours' spaces, and none at the top", function()
    local flow = Flow.new { lines(2, { space_before = 9, space_after = 4 }), lines(2, { space_before = 6 }), lines(1) }
    local fragment, rest = flow:layout(context(), 100, 100)
    t.equal(tops(fragment), { 0, 8, 10 })
    t.equal({ fragment.height, rest }, { 11 })
  end)
  t.it("puts the same gap between all where it has one", function()
    local fragment = Flow.new({ lines(2, { space_after = 50 }), lines(2), lines(2) }, 5):layout(context(), 100, 100)
    t.equal(tops(fragment), { 0, 7, 14 })
  end)
  t.it("goes on where a block was cut, losing and repeating nothing", function()
    local cx, total, rest = context(), 0, Flow.new { lines(7), lines(8), lines(9) }
    local pages = 0
    while rest do
      local fragment
      fragment, rest = rest:layout(cx, 100, 5)
      total, pages = total + fragment.height, pages + 1
      t.truthy(fragment.height <= 5.01, "a page holds its height")
    end
    t.equal({ total, pages }, { 24, 5 })
  end)
  t.it("never ends a page with a heading", function()
    local heading = lines(1, { keep_with_next = true, whole = true })
    local fragment, rest = Flow.new({ lines(3), heading, heading, lines(4, { whole = true }) }):layout(context(), 100, 6)
    t.equal(#fragment, 1)
    t.equal({ rest.first, fragment.height }, { 2, 3 })
    fragment, rest = rest:layout(context(), 100, 6)
    t.equal({ #fragment, rest }, { 3 })
  end)
  t.it("gives up keeping only where nothing would ever fit", function()
    local cx = context()
    local flow = Flow.new { lines(2, { keep_with_next = true, whole = true }), lines(6, { whole = true }) }
    t.equal((flow:layout(cx, 100, 7)), nil)
    cx.is_loose = true
    local fragment, rest = flow:layout(cx, 100, 7)
    t.equal({ #fragment, rest.first }, { 1, 2 })
  end)
  t.it("breaks where it is told, and never twice at one place", function()
    local stop = { breaks = true, measure = print, layout = print }
    local flow = Flow.new { stop, lines(1), stop, stop, lines(2), stop }
    local first, rest = flow:layout(context(), 100, 50)
    t.equal({ #first, rest.first }, { 1, 4 })
    local second, none = rest:layout(context(), 100, 50)
    t.equal({ #second, none }, { 1 })
  end)
  t.it("drops a space at a page's top and sets it exactly elsewhere", function()
    local space = lines(10, { is_space = true })
    local fragment = Flow.new({ space, lines(2, { space_after = 30 }), space, lines(2, { space_before = 40 }) })
      :layout(context(), 100, 100)
    t.equal(tops(fragment), { 0, 2, 12 })
  end)
  t.it("blames the block whose fragment is none", function()
    local wrong = lines(1, { place = "layout.lua:9" })
    wrong.layout = function() return { width = 1, height = 0 / 0, draw = print } end
    t.raises("layout.lua:9: a fragment needs a finite width", Flow.layout, Flow.new { wrong }, context(), 100, 100)
    wrong.layout = function() return { width = 1, height = -1, draw = print } end
    t.raises("layout.lua:9: a fragment needs a finite width and height from 0", Flow.layout, Flow.new { wrong },
      context(), 100, 100)
    wrong.layout = function() return { width = 1, height = math.huge, draw = print } end
    t.raises("layout.lua:9: a fragment needs a finite width", Flow.layout, Flow.new { wrong }, context(), 100, 100)
    wrong.layout = function() return { width = 1, height = 1, draw = print, locate = true } end
    t.raises("layout.lua:9: a fragment's locate is a function", Flow.layout, Flow.new { wrong }, context(), 100, 100)
  end)
  t.it("is as without a block that has nothing to show", function()
    local none = lines(1, { space_before = 30, space_after = 30 })
    none.layout = function() return false end
    local heading = lines(1, { keep_with_next = true, whole = true })
    local flow = Flow.new { lines(2, { space_after = 4 }), none, heading, none, none, lines(9, { whole = true }) }
    local fragment, rest = flow:layout(context(), 100, 100)
    t.equal({ tops(fragment), rest }, { { 0, 6, 7 } })
    fragment, rest = flow:layout(context(), 100, 10)
    t.equal({ #fragment, rest.first }, { 1, 3 }, "the heading goes on with what follows it")
  end)
  t.it("needs room only where it is below something, and takes headings along", function()
    local function need(points)
      return { breaks = function(_, _, left) return left < points end, measure = print, layout = print }
    end
    local heading = lines(1, { keep_with_next = true, whole = true })
    local flow = Flow.new { need(50), lines(3), heading, need(6), lines(4) }
    local fragment, rest = flow:layout(context(), 100, 9)
    t.equal({ #fragment, fragment.height, rest.first }, { 1, 3, 3 })
    fragment, rest = rest:layout(context(), 100, 6.5)
    t.equal({ #fragment, rest }, { 2 }, "less than is needed is left where all before it goes along: it cannot break")
    fragment, rest = flow:layout(context(), 100, 10)
    t.equal({ #fragment, rest }, { 3 })
  end)
end)

--- A space that fills.
local function fill(weight)
  local block = { is_space = "fill", weight = weight or 1, space_before = 0, space_after = 0, measure = print }
  function block.layout(_, _, width) return { width = width, height = 0, draw = print } end
  return block
end

t.describe("a space that fills", function()
  t.it("takes what is left, by weight", function()
    local fragment = Flow.new({ lines(2), fill(), lines(2), fill(3), lines(2) }):layout(context(), 100, 14)
    t.equal({ tops(fragment), fragment.height }, { { 0, 2, 4, 6, 12 }, 14 })
  end)
  t.it("takes nothing where only a height is asked for, or where a row will tell", function()
    local flow, cx = Flow.new { lines(2), fill(), lines(2) }, context()
    t.equal(flow:layout(cx, 100, 1e7).height, 4)
    cx.is_natural = true
    local fragment = flow:layout(cx, 100, 20)
    t.equal(fragment.height, 4)
    fragment:stretch(10)
    fragment:stretch(12)
    t.equal({ tops(fragment), fragment.height }, { { 0, 2, 10 }, 12 })
  end)
  t.it("counts where the page ends by a break, not at the top of one that goes on", function()
    local stop = { breaks = true, measure = print, layout = print }
    local flow = Flow.new { lines(2), fill(), stop, fill(), lines(2), fill(), lines(9, { whole = true }) }
    local first, rest = flow:layout(context(), 100, 10)
    t.equal({ first.height, #first }, { 10, 2 })
    local second
    second, rest = rest:layout(context(), 100, 10)
    t.equal({ tops(second), second.height }, { { 0, 8 }, 10 }, "what would end the page with a space does not")
    local third = rest:layout(context(), 100, 10)
    t.equal({ tops(third), third.height }, { { 0 }, 9 })
  end)
end)

t.describe("a place", function()
  t.it("stands between no neighbours", function()
    local place = lines(0, { is_space = "place" })
    local flow = Flow.new { place, lines(2, { space_before = 5, space_after = 4 }), place, lines(2, { space_before = 6 }) }
    t.equal(tops(flow:layout(context(), 100, 100)), { 0, 0, 2, 8 })
  end)
end)
