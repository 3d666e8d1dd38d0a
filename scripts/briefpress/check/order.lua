--- The reading order of a page: words are read in the order in which they are drawn. A flow draws from top to bottom,
--- so only what is placed by itself (b.place, a layer of b.layers) can be read at another place than it is seen at.
--- That is told where nothing but the order can be meant: one of two texts stands wholly above the other, in the same
--- column, and is read behind it. What is placed between two texts of a flow is read where it is called, as floats are.
local M = {}

local SLACK = 1      -- Points that boxes may overlap and still stand above each other.
local SHARED = 0.5   -- Of the narrower: how much of the width two boxes have in common in one column.

--- True where two boxes are in one column.
local function share_column(a, b)
  local shared = math.min(a[3], b[3]) - math.max(a[1], b[1])
  return shared >= SHARED * math.min(a[3] - a[1], b[3] - b[1])
end

--- Notes that `group` is on the wrong side of what stands at `place`.
local function blame(blamed, group, place, is_behind, other)
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

--- The groups that are at odds with others, and what each is called between: texts of the flow before and behind it.
local function compare(words)
  local blamed, before, behind = {}, {}, {}
  for i = 1, #words do
    local a = words[i]
    for j = i + 1, a.group ~= false and #words or 0 do
      local b = words[j]
      if b.group ~= a.group and b.group ~= false and share_column(a, b) then
        if not a.group then before[b.group] = true elseif not b.group then behind[a.group] = true end
        if b[4] <= a[2] + SLACK then
          if b.group then blame(blamed, b.group, a.place, true, a.group or i) end
          if a.group then blame(blamed, a.group, b.place, false, b.group or j) end
        end
      end
    end
  end
  return blamed, before, behind
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
  local blamed, before, behind = compare(words)
  table.sort(blamed, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    if a.is_behind ~= b.is_behind then return a.is_behind end
    return a.group.place < b.group.place
  end)
  local told = {}
  for _, sum in ipairs(blamed) do
    local group = sum.group
    local is_called = watch.called[group] or before[group] and behind[group]
    local is_left = false -- Whether it is at odds with what was not told.
    for other in next, sum.others do
      is_left = is_left or not told[other] and (type(other) == "table" or not is_called)
    end
    if is_left then
      told[group] = true
      watch:saw_order(group, sum.place, sum.is_behind)
    end
  end
end

return M
