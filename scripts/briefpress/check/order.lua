--- The reading order of a page: words are read in the order in which they are drawn. A flow draws from top to bottom,
--- so only what is placed by itself (b.place, a layer of b.layers) can be read at another place than it is seen at.
--- That is told where nothing but the order can be meant: one of two texts stands wholly above the other, in the same
--- column, and is read behind it.
local M = {}

local SLACK = 1      -- Points that boxes may overlap and still stand above each other.
local SHARED = 0.5   -- Of the narrower: how much of the width two boxes have in common in one column.

--- True where `b` stands above `a` in the same column.
local function is_above(a, b)
  if b[4] > a[2] + SLACK then return false end
  local shared = math.min(a[3], b[3]) - math.max(a[1], b[1])
  return shared >= SHARED * math.min(a[3] - a[1], b[3] - b[1])
end

--- Notes that `group` is on the wrong side of what stands at `place`.
local function blame(blamed, group, place, is_behind, other)
  if not group then return end
  local sum = blamed[group]
  if not sum then
    sum = { group = group, place = place, is_behind = is_behind, others = {}, count = 0 }
    blamed[group], blamed[#blamed + 1] = sum, sum
  end
  if not sum.others[other] then
    sum.others[other] = true
    sum.count = sum.count + 1
  end
end

--- Looks at the boxes of words of a page, in the order in which they are read. A box is left, top, right, bottom;
--- `group` is what it was placed with, nil in the flow, false where it is read elsewhere (floats). Where many are at
--- odds with one, that one is told.
---@param watch table
---@param words table[]
function M.look(watch, words)
  local has_groups = false
  for i = 1, #words do has_groups = has_groups or words[i].group end
  if not has_groups then return end
  local blamed = {}
  for i = 1, #words do
    local a = words[i]
    for j = i + 1, a.group ~= false and #words or 0 do
      local b = words[j]
      if b.group ~= a.group and b.group ~= false and is_above(a, b) then
        blame(blamed, b.group, a.place, true, a.group or i)
        blame(blamed, a.group, b.place, false, b.group or j)
      end
    end
  end
  table.sort(blamed, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    if a.is_behind ~= b.is_behind then return a.is_behind end
    return a.group.place < b.group.place
  end)
  local told = {}
  for _, sum in ipairs(blamed) do
    local is_left = false -- Whether it is at odds with any that was not told.
    for other in next, sum.others do is_left = is_left or not told[other] end
    if is_left then
      told[sum.group] = true
      watch:saw_order(sum.group, sum.place, sum.is_behind)
    end
  end
end

return M
