--- Where the cells of a grid stand: those with a row and a column first, then those with a row, then all others in
--- order, each at the next free place behind the one before it.
local options = require "briefpress.options"

local M = {}

local ROWS_MOST = 10000

--- True where a cell of this size is free at a place.
local function is_free(taken, row, column, rows, columns, count)
  if column + columns - 1 > count then return false end
  for r = row, row + rows - 1 do
    local line = taken[r]
    for c = column, column + columns - 1 do
      if line and line[c] then return false end
    end
  end
  return true
end

local function take(taken, cell)
  for r = cell.row, cell.row + cell.rows - 1 do
    local line = taken[r] or {}
    taken[r] = line
    for c = cell.column, cell.column + cell.columns - 1 do line[c] = true end
  end
end

local function check(cell, count)
  local from = cell.column or 1
  if from + cell.columns - 1 > count then
    options.fail(("grid: a cell of %d columns from column %d on does not fit into %d columns")
      :format(cell.columns, from, count), cell.block.place)
  end
  if (cell.row or 1) + cell.rows > ROWS_MOST then
    options.fail(("grid: it has at most %d rows"):format(ROWS_MOST), cell.block.place)
  end
end

--- Places the children. Answers the cells from left to right and down, {block=, row=, column=, rows=, columns=} each,
--- and the count of rows.
---@param children briefpress.Block[]
---@param count integer              Of columns.
function M.place(children, count)
  local cells, taken = {}, {}
  for i, child in ipairs(children) do
    local span = child.span or { columns = 1, rows = 1 }
    cells[i] = { block = child, row = span.row, column = span.column, rows = span.rows, columns = span.columns }
    check(cells[i], count)
  end
  for _, cell in ipairs(cells) do
    if cell.row and cell.column then
      if not is_free(taken, cell.row, cell.column, cell.rows, cell.columns, count) then
        options.fail(("grid: row %d, column %d is taken by another cell; b.layers sets blocks on each other")
          :format(cell.row, cell.column), cell.block.place)
      end
      take(taken, cell)
    end
  end
  for _, cell in ipairs(cells) do
    if cell.row and not cell.column then
      local column = 1
      while column <= count and not is_free(taken, cell.row, column, cell.rows, cell.columns, count) do
        column = column + 1
      end
      if column > count then
        options.fail(("grid: row %d has no room for a cell of %d columns"):format(cell.row, cell.columns),
          cell.block.place)
      end
      cell.column = column
      take(taken, cell)
    end
  end
  local row, column = 1, 1
  for _, cell in ipairs(cells) do
    if not cell.row then
      if cell.column then
        if cell.column < column then row = row + 1 end
        column = cell.column
        while not is_free(taken, row, column, cell.rows, cell.columns, count) do row = row + 1 end
      else
        while not is_free(taken, row, column, cell.rows, cell.columns, count) do
          column = column + 1
          if column > count then row, column = row + 1, 1 end
        end
        cell.column = column
      end
      cell.row = row
      take(taken, cell)
    end
  end
  local last = 0
  for _, cell in ipairs(cells) do last = math.max(last, cell.row + cell.rows - 1) end
  table.sort(cells, function(a, c)
    if a.row ~= c.row then return a.row < c.row end
    return a.column < c.column
  end)
  return cells, last
end

--- Cuts the rows between which no cell stands into bands, so that pages can break there: {first=, last=, cells...}.
---@param is_whole boolean           One band: their heights depend on each other.
function M.bands(cells, rows, is_whole)
  local bands, band, reach, at = {}, nil, 0, 1
  for row = 1, rows do
    if not band or (row > reach and not is_whole) then
      band = { first = row }
      bands[#bands + 1] = band
    end
    band.last = row
    while cells[at] and cells[at].row == row do
      band[#band + 1] = cells[at]
      reach = math.max(reach, row + cells[at].rows - 1)
      at = at + 1
    end
  end
  return bands
end

return M
