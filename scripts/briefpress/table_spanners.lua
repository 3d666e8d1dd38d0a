--- Spanners: titles over several columns, in levels. Read and checked here, and set into the rows of the header.
local engine = require "briefpress.engine"
local options = require "briefpress.options"

local M = { PAD = 2.5 } -- Between a spanner and the line below it.

--- The place of the column that a key names, or else a position.
local function place_of(columns, key, what)
  local names = {}
  for i, column in ipairs(columns) do
    if column.key == key then return i end
    if type(column.key) == "string" then names[#names + 1] = column.key end
  end
  if math.type(key) == "integer" and columns[key] then return key end
  local near = type(key) == "string" and engine.nearest(key, names)
  options.fail(('table: %s: no column "%s"%s'):format(what, tostring(key),
    near and ('; did you mean "%s"?'):format(near) or ""))
end

local known = options.define("table.spanner", {
  title = "string", from = "any", to = "any", align = { "left", "center", "right" }, note = "string",
})

--- Reads the spanners: each gets the places of its first and last column, and the level that it stands on above the
--- titles: above all those that it covers.
---@param spanners table[]
---@param columns table[]
---@return table[]
function M.read(spanners, columns)
  local list = {}
  for i, spanner in ipairs(spanners) do
    local what = "spanner " .. i
    if type(spanner) ~= "table" then
      options.fail(("table: %s must be a table: { title = , from = , to = }"):format(what))
    end
    options.read("table: " .. what, spanner, known, true)
    options.expect(spanner.title, "string", ("table: %s: title"):format(what))
    if spanner.from == nil then options.fail(("table: %s needs from, the first column it covers"):format(what)) end
    local from = place_of(columns, spanner.from, what)
    local to = spanner.to == nil and from or place_of(columns, spanner.to, what)
    if to < from then options.fail(("table: %s ends before the column it begins with"):format(what)) end
    list[i] = { title = spanner.title, from = from, to = to, align = spanner.align or "center", note = spanner.note }
  end
  M.set_levels(list)
  return list
end

--- Which spanner stands above which: the wider ones on top; none may cover another in part.
function M.set_levels(list)
  table.sort(list, function(a, b)
    local wide_a, wide_b = a.to - a.from, b.to - b.from
    if wide_a ~= wide_b then return wide_a < wide_b end
    return a.from < b.from
  end)
  for i, spanner in ipairs(list) do
    local level = 1
    for j = 1, i - 1 do
      local other = list[j]
      if other.from <= spanner.to and other.to >= spanner.from then
        if other.from < spanner.from or other.to > spanner.to then
          options.fail(('table: the spanners "%s" and "%s" overlap; one must lie within the other'):format(other.title,
            spanner.title))
        end
        level = math.max(level, other.level + 1)
      end
    end
    spanner.level = level
  end
end

--- How many levels up from its own nothing stands above columns `from` to `to`.
function M.free_above(spanners, level, from, to)
  local free, top = 1, 0
  for _, spanner in ipairs(spanners) do top = math.max(top, spanner.level) end
  while level + free <= top do
    for _, spanner in ipairs(spanners) do
      if spanner.level == level + free and spanner.from <= to and spanner.to >= from then return free end
    end
    free = free + 1
  end
  return free
end

local function id_of(self, cx, spanner)
  local name = require("briefpress.table_tags").id(self, cx)
  return ("%s-s%d-%d"):format(name, spanner.level, spanner.from)
end

--- The ids of the spanners above a column, the highest first; of those above `level` alone, where it is given. nil
--- where there are none.
---@return string[]?
function M.above(self, cx, column, level)
  local list
  for i = #self.spanners, 1, -1 do -- The wider ones are behind in the list, and stand higher.
    local spanner = self.spanners[i]
    if spanner.from <= column and spanner.to >= column and spanner.level > (level or 0) and spanner.title ~= "" then
      list = list or {}
      list[#list + 1] = id_of(self, cx, spanner)
    end
  end
  return list
end

--- The rows of spanners above the titles, the highest first; each is listed where it begins, which is higher up where
--- nothing stands above it.
function M.add(self, cx, plan, head, set, cell_of)
  local spanners, levels = self.spanners, 0
  for _, spanner in ipairs(spanners) do levels = math.max(levels, spanner.level) end
  for i = 1, levels do head[i] = { cells = {}, tallest = 0 } end
  local in_order = table.move(spanners, 1, #spanners, 1, {}) -- Of reading, for that is how notes are counted.
  table.sort(in_order, function(a, b)
    if a.level ~= b.level then return a.level > b.level end
    return a.from < b.from
  end)
  for _, spanner in ipairs(in_order) do
    local cell = cell_of(self, cx, plan, set, spanner.title, spanner.from, spanner.to, spanner.align, spanner.note)
    local rows = M.free_above(spanners, spanner.level, spanner.from, spanner.to)
    local bottom = levels - spanner.level + 1
    cell.bottom, cell.from, cell.is_blank = bottom, spanner.from, spanner.title == ""
    local is_read = not cell.is_blank
    cell.tag = { scope = is_read and "Column" or nil, row_span = rows > 1 and rows or nil,
      column_span = spanner.to > spanner.from and spanner.to - spanner.from + 1 or nil,
      id = is_read and id_of(self, cx, spanner) or nil,
      headers = is_read and M.above(self, cx, spanner.from, spanner.level) or nil }
    head[bottom].tallest = math.max(head[bottom].tallest, cell.height)
    local row = head[bottom - rows + 1].cells
    row[#row + 1] = cell
  end
  return levels
end

--- Puts the cells of each row of the header in order and gives them their places; answers the lines below spanners:
--- left, right and height of each.
---@return number[][]
function M.finish(head, levels)
  local lines = {}
  for _, row in ipairs(head) do
    table.sort(row.cells, function(a, b) return a.from < b.from end)
    for _, cell in ipairs(row.cells) do
      local bottom = head[cell.bottom].text_bottom
      cell.top = bottom - cell.height
      if cell.bottom <= levels then lines[#lines + 1] = { cell.left, cell.left + cell.wide, bottom + M.PAD } end
    end
  end
  return lines
end

--- Draws the lines below them.
function M.draw(lines, canvas, x, y, ink)
  for _, line in ipairs(lines) do
    canvas:line(x + line[1], y + line[3], x + line[2], y + line[3], { stroke = ink, line_width = 0.3 })
  end
end

return M
