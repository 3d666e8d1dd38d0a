-- Grids: where cells stand, how high rows are, where pages break.
local t = require "luatest"
local b = require "briefpress"
local placing = require "briefpress.grid_place"
local run = require "briefpress.run"

local data = testing.data [[{"dataset": {"id": "d", "title": "T"}, "indicators": []}]]

--- Places cells that are written as {columns, rows, column, row}; answers "row,column" of each in reading order by name.
local function places_of(count, ...)
  local children = {}
  for i, span in ipairs { ... } do
    children[i] = { name = i, place = "layout.lua:" .. i,
      span = { columns = span[1], rows = span[2], column = span[3], row = span[4] } }
  end
  local cells, rows = placing.place(children, count)
  local list = { rows = rows }
  for _, cell in ipairs(cells) do
    list[#list + 1] = ("%d at %d,%d"):format(cell.block.name, cell.row, cell.column)
  end
  return list
end

t.describe("cells", function()
  t.it("take the next free place, never one before", function()
    t.equal(places_of(3, { 1, 1 }, { 2, 1 }, { 2, 1 }, { 2, 1 }, { 1, 1 }),
      { rows = 3, "1 at 1,1", "2 at 1,2", "3 at 2,1", "4 at 3,1", "5 at 3,3" })
  end)
  t.it("flow round those that span rows", function()
    t.equal(places_of(3, { 2, 2 }, { 1, 1 }, { 1, 1 }, { 3, 1 }),
      { rows = 3, "1 at 1,1", "2 at 1,3", "3 at 2,3", "4 at 3,1" })
  end)
  t.it("with a place come first, then those with a row", function()
    t.equal(places_of(2, { 1, 1 }, { 1, 1, 1, 1 }, { 1, 1, nil, 1 }, { 1, 1, 2 }),
      { rows = 2, "2 at 1,1", "3 at 1,2", "1 at 2,1", "4 at 2,2" })
  end)
  t.it("that cannot stand are errors at their line", function()
    t.raises("layout.lua:1: grid: a cell of 4 columns from column 1 on does not fit into 3", places_of, 3, { 4, 1 })
    t.raises("layout.lua:2: grid: row 1, column 1 is taken", places_of, 3, { 1, 1, 1, 1 }, { 1, 1, 1, 1 })
    t.raises("layout.lua:2: grid: row 1 has no room", places_of, 3, { 3, 1, 1, 1 }, { 1, 1, nil, 1 })
  end)
  t.it("are cut into bands where none spans", function()
    local cells, rows = placing.place({ { span = { columns = 1, rows = 2 } }, {}, {}, {}, {} }, 2)
    local bands = placing.bands(cells, rows)
    t.equal({ #bands, bands[1].last, #bands[1], bands[2].first, #bands[2] }, { 2, 2, 3, 3, 2 })
    t.equal(#placing.bands(cells, rows, true), 1)
  end)
end)

--- Where the rectangles of a report were drawn, on pages of 300 by 200 with margins of 20.
local function boxes_of(blocks)
  blocks.title, blocks.footer, blocks.paper, blocks.margins = "T", false, { 300, 200 },
    { top = 20, bottom = 20, left = 20, right = 20 }
  testing.trace()
  run.render(b.report(blocks), testing.document(), data, {})
  local list, page = {}, 0
  for line in testing.trace():gmatch "[^\n]+" do
    if line:find "^page " then page = page + 1 end
    local x, y, width, height = line:match "^path R (%S+) (%S+) (%S+) (%S+)"
    if x then list[#list + 1] = { tonumber(x), tonumber(y), tonumber(width), tonumber(height), page } end
  end
  return list
end

local function box(height)
  return b.canvas { height = height, draw = function(canvas, x, y, w, h) canvas:rect(x, y, w, h, { fill = "#000000" }) end }
end

local function cell(spec)
  spec.fill = "accent_soft"
  return b.cell(spec)
end

t.describe("a grid", function()
  t.it("lets rows grow for a cell that spans them", function()
    t.equal(boxes_of { b.grid { columns = 2, gap = 20, row_gap = 10, cell { rows = 2, box(70) }, box(10), box(30) } },
      { { 20, 20, 120, 70, 1 }, { 20, 20, 120, 70, 1 }, { 160, 20, 120, 10, 1 }, { 160, 50, 120, 30, 1 } })
  end)
  t.it("has rows of heights of their own, and shares of what is left", function()
    t.equal(boxes_of { b.grid { columns = 2, gap = 20, row_gap = 10, height = 110, row_heights = { 30, "1fr" },
      cell { columns = 2 }, cell {}, cell { b.fill(), box(10) } } },
      { { 20, 20, 260, 30, 1 }, { 20, 60, 120, 70, 1 }, { 160, 60, 120, 70, 1 }, { 160, 120, 120, 10, 1 } })
  end)
  t.it("breaks a page between rows that no cell spans, and inside of one", function()
    local boxes = boxes_of { b.grid { columns = 2, row_gap = 10, b.cell { columns = 2, box(60) },
      b.cell { rows = 2, box(80) }, box(10), box(10), b.cell { columns = 2, box(10), b.space(1), box(70), b.space(1), box(20) } } }
    local pages = {}
    for i, one in ipairs(boxes) do pages[i] = one[5] end
    t.equal(pages, { 1, 1, 1, 1, 2, 2, 2 })
    boxes = boxes_of { b.grid { columns = 2, row_gap = 10, b.cell { columns = 2, box(100) },
      b.cell { columns = 2, box(30), b.space(1), box(40) } } }
    t.equal({ boxes[2][5], boxes[3][5] }, { 1, 2 })
  end)
  t.it("says which cell does not fit into its rows", function()
    local message = t.raises("grid: a cell of 50 points does not fit into rows of 30", boxes_of,
      { b.grid { columns = 2, row_heights = { 30 }, box(10), box(50) } })
    t.contains(message, "test_grid.lua:")
    t.equal(#boxes_of { overflow = "mark", b.grid { columns = 2, row_heights = { 30 }, box(10), box(50) } } >= 2, true)
    t.raises("grid: 2 heights for 1 rows", b.grid, { row_heights = { 30, 30 }, "x" })
  end)
end)
