-- Blocks on each other, and at places.
local t = require "luatest"
local b = require "briefpress"
local drawn = require "boxes"

local boxes_of, box = drawn.of, drawn.box

t.describe("a place", function()
  t.it("is of the room between the margins, whatever stands above it", function()
    t.equal(boxes_of { b.space(30), "text", b.place { x = 10, y = 5, width = 50, box(8) } }, { { 30, 25, 50, 8 } })
    t.equal(boxes_of { "text", b.place { right = 0, bottom = "10%", width = 50, box(8) } }, { { 230, 156, 50, 8 } })
  end)
  t.it("is of the page, or where it stands", function()
    t.equal(boxes_of { b.place { of = "page", right = 10, bottom = 10, width = 40, height = 20, box(20) } },
      { { 250, 170, 40, 20 } })
    t.equal(boxes_of { box(30), b.place { of = "here", x = 5, y = 6, width = 40, box(20) }, box(10) },
      { { 20, 20, 260, 30 }, { 25, 56, 40, 20 }, { 20, 66, 260, 10 } })
  end)
  t.it("takes two edges for a width", function()
    t.equal(boxes_of { b.place { x = 10, right = 50, y = 0, box(8) } }, { { 30, 20, 200, 8 } })
  end)
  t.it("says what is too much or does not fit", function()
    t.raises("x=, right= and width= say one thing too much", b.place, { x = 1, right = 1, width = 1, "x" })
    t.raises("place: a block of 40 points does not fit into 30", boxes_of, { b.place { height = 30, box(40) } })
    t.raises("place: there is no room for it", boxes_of, { b.place { x = 300, box(40) } })
  end)
end)

t.describe("layers", function()
  t.it("stand on each other, as high as the highest", function()
    t.equal(boxes_of { b.layers { box(20), box(50, 10) }, box(5) },
      { { 20, 20, 260, 20 }, { 20, 20, 10, 50 }, { 20, 86, 260, 5 } })
  end)
  t.it("have places of their own", function()
    t.equal(boxes_of { b.space(0), b.layers { box(50), b.place { anchor = "center", width = 60, box(10) },
      b.place { right = 4, bottom = 4, width = 6, box(6) } } },
      { { 20, 20, 260, 50 }, { 120, 40, 60, 10 }, { 270, 60, 6, 6 } })
  end)
  t.it("let a ground grow to their height", function()
    t.equal(boxes_of { b.layers { b.stack { fill = "accent_soft", "x" }, box(50) } }[1], { 20, 20, 260, 50 })
  end)
  t.it("need a height", function()
    t.raises("places alone have no height", b.layers, { b.place { "x" } })
    t.equal(boxes_of { b.layers { height = 40, b.place { bottom = 0, box(10) } } }, { { 20, 50, 260, 10 } })
  end)
end)
