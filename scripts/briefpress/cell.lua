--- A cell of a grid: a stack that may be wider than a column and higher than a row, and may have a place of its own.
local block = require "briefpress.block"
local options = require "briefpress.options"
local stack = require "briefpress.stack"

local M = {}

local known = options.define("cell", setmetatable({
  columns = "count", rows = "count", column = "count", row = "count",
}, { __index = stack.known }))

--- See scripts/types.
function M.cell(spec)
  options.expect(spec, "table", "cell")
  spec = options.read("cell", spec, known)
  for _, name in ipairs { "columns", "rows", "column", "row" } do
    if spec[name] and spec[name] < 1 then options.fail(("cell: %s is a whole number from 1"):format(name)) end
  end
  local gap = spec.gap and require("briefpress.lengths").points(spec.gap, 0)
  local self = stack.new(block.children(spec, "cell"), spec, gap)
  self.span = { columns = math.tointeger(spec.columns or 1), rows = math.tointeger(spec.rows or 1),
    column = spec.column and math.tointeger(spec.column), row = spec.row and math.tointeger(spec.row) }
  return self
end

return M
