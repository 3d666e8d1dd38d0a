--- The widths of a table's columns. Given widths (points, percent) come first; columns without one get what their
--- cells want; what is left goes to shares ("fr"), else to the columns without a width. When cells want more than
--- there is, each column keeps its longest word and the rest is divided by what the columns want beyond that.
local lengths = require "briefpress.lengths"
local options = require "briefpress.options"
local max = math.max

local M = {}

--- Divides `free` among the columns in `list`, between their `least` and `most`.
local function share(list, free, widths)
  local least, most = 0, 0
  for _, c in ipairs(list) do least, most = least + c.least, most + c.most end
  if most <= free then
    local total = 0
    for _, c in ipairs(list) do total = total + c.most * c.weight end
    for _, c in ipairs(list) do
      widths[c.index] = c.most + (total > 0 and (free - most) * c.most * c.weight / total or (free - most) / #list)
    end
  elseif least >= free then -- Words will be broken: in proportion, so that no column vanishes.
    for _, c in ipairs(list) do widths[c.index] = free * c.least / least end
  else
    for _, c in ipairs(list) do
      widths[c.index] = c.least + (c.most - c.least) * (free - least) / (most - least)
    end
  end
end

--- Column widths in points.
---@param columns {width?:number|string, least?:number, most?:number, weight?:number}[]  `least`: the longest word;
---  `most`: the longest cell; needed where no width is given. `weight`: how much of the surplus it takes.
---@param width number            Of the table.
---@param gap number              Between columns.
---@param place? string
---@return number[]
function M.solve(columns, width, gap, place)
  local free = width - gap * (#columns - 1)
  local widths, open, shares, share_sum = {}, {}, {}, 0
  for i, column in ipairs(columns) do
    local given = column.width
    if given == nil or given == "auto" then
      open[#open + 1] = { index = i, least = max(column.least or 0, 1), weight = column.weight or 1,
        most = max(column.most or 0, column.least or 0, 1) }
    else
      local value, unit = lengths.parse(given, place)
      if value <= 0 then options.fail(("table: the width of column %d must be positive"):format(i), place) end
      if unit == "fr" then
        shares[#shares + 1] = { index = i, share = value }
        share_sum = share_sum + value
      else
        widths[i] = unit == "%" and width * value / 100 or value
        free = free - widths[i]
      end
    end
  end
  if free < 4 * (#open + #shares) - 0.01 then
    options.fail(("table: the widths of its columns need %.0f points more than the %.0f there are; make some narrower, "
      .. "or leave them to their cells")
      :format(4 * (#open + #shares) - free, width), place)
  end
  if #shares > 0 then
    local wanted, least = 0, 0
    for _, c in ipairs(open) do wanted, least = wanted + c.most, least + c.least end
    local room = math.min(wanted, max(least, free * 0.6))
    if #open > 0 then share(open, room, widths) else room = 0 end
    if free - room < 4 * #shares then
      options.fail(("table: nothing is left for the columns that share the rest of %.0f points"):format(width), place)
    end
    for _, c in ipairs(shares) do widths[c.index] = (free - room) * c.share / share_sum end
  elseif #open > 0 then
    share(open, free, widths)
  end
  return widths
end

return M
