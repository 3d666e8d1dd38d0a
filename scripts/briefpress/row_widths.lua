--- The widths of a row's children where some are as wide as their content, or take what is left.
local lengths = require "briefpress.lengths"
local max = math.max

local M = {}

--- What remains of a row keeps the widths of what was before it.
local function remaining(self, cx, width)
  local shares = {}
  for i = 1, self.count do shares[i] = self.shares[i] .. "fr" end
  return lengths.divide(shares, self.count, width, self:gaps(cx), self.place, self.name)
end

--- Widths of which some are those of the content: as wide as it wants, or narrower together where that is too much.
function M.divide(self, cx, width)
  if self.shares then return remaining(self, cx, width) end
  local count, gap = self.count, self:gaps(cx)
  local widths, least, more, left = {}, {}, {}, width - gap * (count - 1)
  local wanted, needed = 0, 0
  for i = 1, count do
    local child = self.children[i]
    widths[i] = self.widths and self.widths[i] or child and child.is_space == "fill" and child.weight .. "fr" or "auto"
    if widths[i] == "auto" then
      local a, b = 0, 0
      if child then
        cx.at = child.place or cx.at
        a, b = child:measure(cx, width)
        a, b = math.ceil(a * 100) / 100, math.ceil(b * 100) / 100
      end
      least[i], more[i] = a, max(0, b - a)
      needed, wanted = needed + a, wanted + more[i]
    else
      local value, unit = lengths.parse(widths[i], self.place)
      left = left - (unit == "fr" and 1.1 or unit == "%" and (width - gap * (count - 1)) * value / 100 or value)
    end
  end
  local ratio = wanted > 0 and math.min(1, max(0, left - needed) / wanted) or 0
  for i = 1, count do
    if least[i] then widths[i] = max(0.01, least[i] + more[i] * ratio) end
  end
  if needed > left then -- Too narrow even for that: as shares, so that a row never overflows.
    for i = 1, count do
      if least[i] then widths[i] = max(0.01, least[i] * max(0, left) / needed) end
    end
  end
  return lengths.divide(widths, count, width, gap, self.place, self.name)
end

return M
