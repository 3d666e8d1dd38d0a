--- Wide tables: where the columns do not fit beside each other, or a layout says so, the table becomes several below
--- each other. The columns of row labels are repeated in each.
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local styles = require "briefpress.style"

local M = {}

local GAP = 12 -- Between columns.
local BETWEEN = 14 -- Between the parts.

--- The columns of row labels, and the others.
local function keys_of(columns)
  local keys, others = {}, {}
  for i, column in ipairs(columns) do
    local list = column.stub and keys or others
    list[#list + 1] = i
  end
  if #keys == 0 then
    keys[1] = table.remove(others, 1)
  end
  return keys, others
end

--- What a column takes beside others; a width of its own, else what its cells want in full.
local function wide_of(self, column, width)
  if column.width == nil or column.width == "auto" then return column.most end
  local value, unit = require("briefpress.lengths").parse(column.width, self.place)
  return unit == "%" and width * value / 100 or unit == "fr" and 60 or value
end

--- The parts that a layout says: each begins with a column that breaks.
local function given_parts(columns, keys, others)
  local parts = {}
  for n, i in ipairs(others) do
    if n == 1 or columns[i].break_before then parts[#parts + 1] = { table.unpack(keys) } end
    table.insert(parts[#parts], i)
  end
  return parts
end

--- The parts of columns that stand beside each other in `room` points.
local function filled_parts(keys, others, wides, room)
  local parts, used = {}, 0
  for _, i in ipairs(others) do
    if #parts == 0 or used + wides[i] > room then
      parts[#parts + 1] = { table.unpack(keys) }
      used = 0
    end
    table.insert(parts[#parts], i)
    used = used + wides[i]
  end
  return parts
end

--- The same as few as may be, and each about as wide as the others.
local function even_parts(self, width, keys, others)
  local wides, room, all = {}, width + GAP + 0.01, 0
  for i, column in ipairs(self.columns) do wides[i] = wide_of(self, column, width) + GAP end
  for _, key in ipairs(keys) do room = room - wides[key] end
  for _, i in ipairs(others) do all = all + wides[i] end
  if all <= room then return nil end
  local count = #filled_parts(keys, others, wides, room)
  local narrow = all / count
  while narrow < room do
    local parts = filled_parts(keys, others, wides, narrow)
    if #parts <= count then return parts end
    narrow = narrow + 4
  end
  return filled_parts(keys, others, wides, room)
end

--- The parts as lists of columns' positions; nil where all fit beside each other.
local function divide(self, cx, width)
  local columns = self.may_split.columns
  local keys, others = keys_of(columns)
  local breaks = false
  for _, i in ipairs(others) do breaks = breaks or (i ~= others[1] and columns[i].break_before) end
  if breaks then return given_parts(columns, keys, others) end
  self:prepare_columns(cx)
  local parts = even_parts(self, width, keys, others)
  return parts and #parts > 1 and parts or nil
end

--- The spanners over the columns of a part.
local function spanners_of(spanners, part)
  if not spanners then return nil end
  local list = {}
  for _, spanner in ipairs(spanners) do
    local from, to
    for place, i in ipairs(part) do
      if i >= spanner.from and i <= spanner.to then from, to = from or place, place end
    end
    if from then list[#list + 1] = styles.over(spanner, { from = from, to = to }) end
  end
  require("briefpress.table_spanners").set_levels(list)
  return #list > 0 and list or nil
end

--- The flow of parts for a width; nil where the table stays one.
---@param self table                The table block.
---@return table?
function M.parts(self, cx, width)
  local made = self.shared.parts
  if made and made.width == width then return made.flow end
  made = { width = width }
  local parts = divide(self, cx, width)
  if parts then
    local list, make = {}, require("briefpress.table").new
    for number, part in ipairs(parts) do
      local columns = {}
      for place, i in ipairs(part) do columns[place] = styles.over(self.may_split.columns[i], {}) end
      local shown = styles.over(self.may_split.shown, { spanners = false, place = self.place })
      shown.may_split, shown.spanners = nil, spanners_of(self.may_split.shown.spanners, part)
      if self.caption then
        shown.caption = phrase("table_part", { title = self.caption, number = number, count = #parts })
      end
      if number < #parts then shown.source, shown.notes = nil, nil end
      list[number] = make(columns, shown, { space_before = number > 1 and BETWEEN or 0, space_after = 0 })
      list[number].place = self.place
    end
    made.flow = flow.new(list, BETWEEN)
  elseif self.shared.parts and self.shared.parts.flow then
    options.fail("table: it is divided at one width and not at another; give its columns widths", self.place)
  end
  self.shared.parts = made
  return made.flow
end

return M
