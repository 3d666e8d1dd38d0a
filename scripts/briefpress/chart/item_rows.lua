--- The items of a chart from rows: of a table of the data, or of a list of tables. One column names the items, others
--- hold their values; or a third says which series a row belongs to.
local engine = require "briefpress.engine"
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local reading = require "briefpress.chart.series"

local M = {}

local function cell(self, value, column, row_number)
  if value == nil or value == false then return false end
  if type(value) ~= "number" or value - value ~= 0 then
    options.fail(('%s: column "%s" of row %d must be a number, got %s'):format(self.name, column, row_number,
      type(value) == "string" and '"' .. value .. '"' or "a " .. type(value)), self.place)
  end
  return { value = value, is_plain = true }
end

--- A name in a row as it is shown.
local function name_of(value)
  return type(value) == "number" and engine.format.number(value, { grouping = false }) or tostring(value)
end

--- Answers items as `items.read` has them, their texts not written yet; notes the names of their series in
--- `self.series_names`.
function M.read(self)
  local spec = self.spec
  if type(spec.x) ~= "string" then
    options.fail(self.name .. ': rows need x = "column" (their names) and y = "column"', self.place)
  end
  local ys = type(spec.y) == "table" and spec.y or { spec.y }
  if #ys == 0 then options.fail(self.name .. ': rows need y = "column", or a list of columns', self.place) end
  local by = type(spec.series) == "string" and spec.series or nil
  if by and #ys > 1 then
    options.fail(self.name .. ": series = \"column\" goes with one column of values; y names " .. #ys, self.place)
  end
  local titles = {}
  if kind.of(spec.rows) == "table" then
    for _, column in ipairs(spec.rows.columns) do titles[column.id] = column.title end
  end
  reading.expect_columns(self, titles, { spec.x, by or false, table.unpack(ys) })
  local list, by_name, names, places, row_number = {}, {}, {}, {}, 0
  for row in reading.each_row(self, spec.rows) do
    row_number = row_number + 1
    local label = row[spec.x]
    label = label == nil and "" or name_of(label)
    if by then
      local series = name_of(row[by])
      if not places[series] then
        names[#names + 1] = series
        places[series] = #names
      end
      local item = by_name[label]
      if not item then
        item = { label = label, values = {} }
        by_name[label] = item
        list[#list + 1] = item
      end
      item.values[places[series]] = cell(self, row[ys[1]], ys[1], row_number)
    else
      local item = { label = label }
      if #ys == 1 then
        local value = cell(self, row[ys[1]], ys[1], row_number) or {}
        item.value, item.is_plain = value.value, value.is_plain
      else
        item.values = {}
        for i, y in ipairs(ys) do item.values[i] = cell(self, row[y], y, row_number) end
      end
      list[#list + 1] = item
    end
  end
  if by then
    for _, item in ipairs(list) do
      for i = 1, #names do item.values[i] = item.values[i] or false end
    end
  elseif #ys > 1 then
    for i, y in ipairs(ys) do names[i] = titles[y] and titles[y] ~= "" and titles[y] or y end
  end
  if type(spec.series) == "table" then names = spec.series end
  self.series_names = #names > 0 and names or nil
  if #list == 0 then options.fail(self.name .. ": it has no items; its rows are empty", self.place) end
  return list
end

return M
