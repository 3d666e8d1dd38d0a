--- Grids whose cells span columns and rows, or whose rows have heights: bands of rows below each other. A page may
--- break between bands, and inside of a row that no cell spans.
local block = require "briefpress.block"
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"
local overflow = require "briefpress.overflow"
local placing = require "briefpress.grid_place"
local rows = require "briefpress.row"
local max = math.max

local M = {}

--- The left edge and the width of some columns.
local function extent(widths, gap, column, columns)
  local left, width = 0, 0
  for i = 1, column - 1 do left = left + widths[i] + gap end
  for i = column, column + columns - 1 do width = width + widths[i] end
  return left, width + gap * (columns - 1)
end

local function gap_of(grid, cx)
  return grid.gap and cx:length(grid.gap, 0) or cx.theme.space.gap or 16
end

local function row_gap_of(grid, cx)
  return grid.row_gap and cx:length(grid.row_gap, 0) or cx.theme.space.gap or 16
end

local function divide(grid, cx, width)
  return lengths.divide(grid.widths, grid.columns, width, gap_of(grid, cx), grid.place, "grid")
end

local Band = {}
Band.__index = Band

function Band:measure(cx, width)
  local gap = gap_of(self.grid, cx)
  local least, most = {}, {}
  for i = 1, self.grid.columns do least[i], most[i] = 0, 0 end
  for _, cell in ipairs(self.band) do
    cx.at = cell.block.place or cx.at
    local a, b = cell.block:measure(cx, width)
    for i = cell.column, cell.column + cell.columns - 1 do
      least[i], most[i] = max(least[i], a / cell.columns), max(most[i], b / cell.columns)
    end
  end
  local low, high = gap * (#least - 1), gap * (#least - 1)
  for i = 1, #least do low, high = low + least[i], high + most[i] end
  return low, high
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  for _, part in ipairs(self) do
    if part.id then self.cx:anchor(part.id, x + part.left, y + part.top) end
    part.fragment:draw(canvas, x + part.left, y + part.top)
  end
end

function Fragment:locate(canvas, x, y)
  for _, part in ipairs(self) do
    if part.id then self.cx:anchor(part.id, x + part.left, y + part.top) end
    block.locate(part.fragment, canvas, x + part.left, y + part.top)
  end
end

--- Heights of the rows as the grid says them: points, shares of what is left, or false where the content tells.
local function said(self, cx, room)
  local heights, shares, band = {}, {}, self.band
  for row = band.first, band.last do
    local height = self.grid.row_heights and self.grid.row_heights[row] or "auto"
    heights[row] = false
    if height ~= "auto" then
      local value, unit = lengths.parse(height, self.grid.place)
      if value <= 0 then cx:fail(("grid: the height of row %d must be positive"):format(row), self.grid.place) end
      if unit == "fr" then shares[row] = value else heights[row] = unit == "%" and room * value / 100 or value end
    end
  end
  return heights, shares
end

--- True where all rows of a cell have heights that do not depend on it.
local function is_bound(cell, heights, shares)
  for row = cell.row, cell.row + cell.rows - 1 do
    if not heights[row] and not shares[row] then return false end
  end
  return true
end

--- Lays out the cells that tell the heights of rows, those of fewest rows first, and lets the rows grow.
local function grow(self, cx, height, widths, gap, row_gap, heights, shares, fragments)
  local grown, order = {}, {}
  for row = self.band.first, self.band.last do grown[row] = heights[row] or 0 end
  for i, cell in ipairs(self.band) do
    if not is_bound(cell, heights, shares) then order[#order + 1] = i end
  end
  table.sort(order, function(a, c)
    local first, second = self.band[a], self.band[c]
    if first.rows ~= second.rows then return first.rows < second.rows end
    return a < c
  end)
  for _, i in ipairs(order) do
    local cell = self.band[i]
    local _, width = extent(widths, gap, cell.column, cell.columns)
    cx.at = cell.block.place or cx.at
    local fragment, rest = cell.block:layout(cx, width, height)
    if fragment == nil or rest then
      if not cx.stuck then cx.stuck, cx.stuck_width = cell.block, width end
      return nil
    end
    fragments[i] = fragment
    local missing, free = (fragment and fragment.height or 0) - row_gap * (cell.rows - 1), {}
    for row = cell.row, cell.row + cell.rows - 1 do
      missing = missing - grown[row]
      if not heights[row] and not shares[row] then free[#free + 1] = row end
    end
    for _, row in ipairs(free) do grown[row] = grown[row] + max(0, missing) / #free end
  end
  return grown
end

--- Gives the rows that share what is left their heights.
local function share(self, cx, height, row_gap, grown, shares)
  local band, left, sum = self.band, height - row_gap * (self.band.last - self.band.first), 0
  for row = band.first, band.last do
    left = left - grown[row]
    sum = sum + (shares[row] or 0)
  end
  if sum == 0 then return end
  if left <= 0 then
    cx:fail(("grid: its rows leave nothing of %.0f points for those with shares (\"1fr\"); give height= or lower rows")
      :format(height), self.grid.place)
  end
  for row = band.first, band.last do
    if shares[row] then grown[row] = left * shares[row] / sum end
  end
end

--- A cell in an area whose height is known.
local function fill_area(self, cx, cell, width, height)
  cx.at = cell.block.place or cx.at
  local fragment, rest = cell.block:layout(cx, width, height)
  if fragment == false or (fragment and not rest) then return fragment end
  cx.stuck = nil
  local needed = overflow.height_of(cx, cell.block, width)
  return overflow.settle(cx, self.grid.overflow, cell.block.place or self.grid.place,
    needed and ("grid: a cell of %.0f points does not fit into rows of %.0f"):format(needed, height)
      or ("grid: a cell does not fit into %.0f by %.0f points"):format(width, height),
    'make its rows higher, "auto", or give the grid overflow = "mark"', width, height)
end

function Band:layout(cx, width, height)
  local grid, band = self.grid, self.band
  local widths, gap, row_gap = divide(grid, cx, width), gap_of(grid, cx), row_gap_of(grid, cx)
  local finite = height < 1e6 and height or cx:frame().height
  local own = grid.height and cx:length(grid.height, finite)
  if own and own > height + 0.01 then return nil, self end
  local heights, shares = said(self, cx, own or finite)
  local fragments, was_natural = {}, cx.is_natural
  cx.is_natural = true
  local grown = grow(self, cx, own or height, widths, gap, row_gap, heights, shares, fragments)
  cx.is_natural = nil
  if not grown then
    cx.is_natural = was_natural
    return nil, self
  end
  share(self, cx, own or finite, row_gap, grown, shares)
  local tops, total = {}, 0
  for row = band.first, band.last do
    tops[row] = total
    total = total + grown[row] + row_gap
  end
  total = max(own or 0, total - row_gap)
  if total > height + 0.01 then
    cx.is_natural = was_natural
    return nil, self
  end
  local parts = setmetatable({ cx = cx, width = width, height = total }, Fragment)
  for i, cell in ipairs(band) do
    local left, wide = extent(widths, gap, cell.column, cell.columns)
    local last = cell.row + cell.rows - 1
    local tall = tops[last] + grown[last] - tops[cell.row]
    local fragment = fragments[i]
    if fragment == nil then fragment = fill_area(self, cx, cell, wide, tall) end
    if fragment then
      local align = cell.block.span and cell.block.fill and "stretch" or grid.align
      local drop = rows.drop_of(align, fragment, tall)
      if fragment.stretch and (align == "stretch" or fragment.fills) then fragment:stretch(tall - drop) end
      parts[#parts + 1] = { fragment = fragment, id = cell.block.id, left = left, top = tops[cell.row] + drop }
    end
  end
  cx.is_natural = was_natural
  return parts
end

--- One row whose cells may span columns: a row of the library, so that it splits where a page ends.
local function new_row(grid, band)
  local children = {}
  for i, cell in ipairs(band) do children[i] = cell.block end
  local row = rows.new(children, { gap = grid.gap, align = grid.align }, "grid")
  row.is_shared, row.is_by_content, row.place = true, true, grid.place
  local free = {} -- Columns without a cell leave their room empty.
  local column = 1
  for i, cell in ipairs(band) do
    free[i] = cell.column - column
    column = cell.column + cell.columns
  end
  local is_full = column == grid.columns + 1
  for i = 1, #band do is_full = is_full and free[i] == 0 end
  if not is_full then return nil end
  function row.divide(_, cx, width)
    local widths, gap, result = divide(grid, cx, width), gap_of(grid, cx), {}
    for i, cell in ipairs(band) do
      local _, wide = extent(widths, gap, cell.column, cell.columns)
      result[i] = wide
    end
    return result
  end
  return row
end

--- The blocks of a grid's bands, from its children and its options.
---@param grid table                 With columns, gap, row_gap, widths, align, row_heights, height, overflow and place.
---@param children briefpress.Block[]
---@return briefpress.Block[]
function M.bands(grid, children)
  local cells, count = placing.place(children, grid.columns)
  local is_whole = grid.height ~= nil
  for i, height in ipairs(grid.row_heights or {}) do
    if i > count then
      options.fail(("grid: %d heights for %d rows"):format(#grid.row_heights, count), grid.place)
    end
    options.expect(height, "width", "grid: row_heights")
    if type(height) == "string" and height:find "fr" then is_whole = true end
  end
  local list = {}
  for i, band in ipairs(placing.bands(cells, count, is_whole)) do
    local height = grid.row_heights and grid.row_heights[band.first]
    local is_plain = band.first == band.last and not is_whole and not height
    local row = is_plain and new_row(grid, band)
    list[i] = row or block.make(Band, { grid = grid, band = band })
  end
  --- Figures of the grid share the size that suits the narrowest of their cells.
  function grid.share(_, cx, width)
    local widths, gap = divide(grid, cx, width), gap_of(grid, cx)
    local figures, wide = {}, {}
    for _, cell in ipairs(cells) do
      if cell.block.fitting_size then
        local _, own = extent(widths, gap, cell.column, cell.columns)
        figures[#figures + 1], wide[#wide + 1] = cell.block, own
      end
    end
    if #figures > 0 then rows.share_size(cx, figures, #figures, wide) end
  end
  return list
end

return M
