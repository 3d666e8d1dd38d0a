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
    wrong.layout = function() return { width = 1, height = 1, draw = print, locate = true } end
    t.raises("layout.lua:9: a fragment's locate is a function", Flow.layout, Flow.new { wrong }, context(), 100, 100)
  end)
end)
