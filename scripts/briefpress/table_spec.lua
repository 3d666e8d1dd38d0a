--- What a layout says about the columns of a table and its groups: read and checked here, bound to rows in
--- table_cells.lua. Spanners are read in table_spanners.lua.
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local styles = require "briefpress.style"

local M = {}

local known_column = options.define("table.column", {
  key = "any", title = "string", width = "width", align = { "left", "right", "center", "decimal" },
  format = "function", style = "style", weight = "number", color = "color", decimals = "number", grouping = "boolean",
  unit = "string", note = "string", stub = "boolean", sum = "boolean", carry = { "sum", "last" },
  cell_style = "function", cell_note = "function", graphic = "any", negative = { "minus", "parentheses" },
  zero = "string", missing = "string", break_before = "boolean",
})

--- Checks a column; a text stands for its title, or its key where rows are a table of the data. Answers a copy of its
--- own.
local function read_column(column, i, is_stored)
  if type(column) == "string" then column = is_stored and { key = column } or { title = column } end
  if type(column) ~= "table" then
    options.fail(("table: column %d must be a table or its %s"):format(i, is_stored and "key" or "title"))
  end
  local what = "table: column " .. i
  options.read(what, column, known_column, true)
  if column[1] ~= nil then
    options.fail(what .. ': it takes options by name only, as { key = "name", title = "Name" }')
  end
  local copy = {}
  for key, value in next, column do copy[key] = value end
  copy.position = i
  if type(column.style) == "table" then copy.style, copy.over = styles.split(column.style, what) end
  if column.negative == "parentheses" and column.align == nil then copy.align = "decimal" end
  if column.graphic then require("briefpress.table_graphics").read(copy, what) end
  return copy
end

--- Checks the columns as the layout gives them.
---@param columns any
---@param is_stored boolean       Rows are a table of the data.
---@return table[]
function M.columns(columns, is_stored)
  if type(columns) ~= "table" or #columns == 0 then options.fail("table: columns must be a list of one at least") end
  local list = {}
  for i, column in ipairs(columns) do list[i] = read_column(column, i, is_stored) end
  return list
end

--- True where rows are a table of the data, held in C.
function M.is_stored(rows)
  return kind.of(rows) == "table"
end

--- What tells the group of a row: the function given, or one that reads a column by its key.
function M.group(group)
  if group == nil or type(group) == "function" then return group end
  if type(group) ~= "string" and math.type(group) ~= "integer" then
    options.fail(("table: group must be a key of the rows or a function of a row, got a %s"):format(type(group)))
  end
  return function(row)
    local value = row[group]
    if type(value) == "table" and not getmetatable(value) then return value[1] end
    return value
  end
end

return M
