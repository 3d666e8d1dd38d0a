--- Where what a report draws stands: for the tests of blocks beside, below and on each other.
local b = require "briefpress"
local run = require "briefpress.run"

local M = {}

local data = testing.data [[{"dataset": {"id": "d", "title": "T"}, "indicators": []}]]

--- Where the rectangles of a report were drawn: {x, y, width, height} each, on a page of 300 by 200 with margins of 20.
function M.of(blocks)
  blocks.title, blocks.footer, blocks.paper, blocks.margins = "T", false, { 300, 200 },
    { top = 20, bottom = 20, left = 20, right = 20 }
  testing.trace()
  run.render(b.report(blocks), testing.document(), data, {})
  local list = {}
  for x, y, width, height in testing.trace():gmatch "\npath R (%S+) (%S+) (%S+) (%S+)" do
    list[#list + 1] = { tonumber(x), tonumber(y), tonumber(width), tonumber(height) }
  end
  return list
end

--- A black rectangle.
function M.box(height, width)
  return b.canvas { height = height, width = width, draw = function(canvas, x, y, w, h)
    canvas:rect(x, y, w, h, { fill = "#000000" })
  end }
end

return M
