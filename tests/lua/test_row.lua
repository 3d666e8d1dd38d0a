-- Rows: widths by content, spaces that fill, blocks that have nothing to show.
local t = require "luatest"
local b = require "briefpress"
local drawn = require "boxes"

local boxes_of, box = drawn.of, drawn.box

t.describe("a row", function()
  t.it("gives a space that fills what its neighbours leave", function()
    t.equal(boxes_of { b.row { gap = 10, box(5, 40), b.fill(), box(5, 60) } }, { { 20, 20, 40, 5 }, { 220, 20, 60, 5 } })
    t.equal(boxes_of { b.row { gap = 0, box(5, 60), b.fill(2), box(5, 100), b.fill(1), box(5, 10) } },
      { { 20, 20, 60, 5 }, { 140, 20, 100, 5 }, { 270, 20, 10, 5 } })
  end)
  t.it("makes columns as wide as their content, and never overflows", function()
    t.equal(boxes_of { b.row { gap = 10, widths = { "auto", "1fr" }, box(5, 40), box(5) } },
      { { 20, 20, 40, 5 }, { 70, 20, 210, 5 } })
    for _, one in ipairs(boxes_of { b.row { gap = 10, widths = { "auto", "auto" }, box(5, 200), box(5, 200) } }) do
      t.truthy(one[1] + one[3] <= 280.01)
    end
  end)
  t.it("tells the spaces in its cards how high they are", function()
    local boxes = boxes_of { b.row { gap = 10, b.stack { box(10), b.fill(), box(5) }, box(50) }, box(3) }
    t.equal({ boxes[2], boxes[4] }, { { 20, 65, 125, 5 }, { 20, 86, 260, 3 } })
  end)
  t.it("leaves out a block that has nothing to show", function()
    t.equal(boxes_of { b.row { gap = 10, b.when(function() return false end, box(50)), box(5) }, box(3) },
      { { 155, 20, 125, 5 }, { 20, 41, 260, 3 } })
  end)
end)
