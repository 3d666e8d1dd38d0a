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

--- Looks at the boxes of words of a page, in the order in which they are read. A box is left, top, right, bottom;
--- `group` is what it was placed with, nil in the flow, false where it is read elsewhere (floats).
---@param watch table
---@param words table[]
function M.look(watch, words)
  local has_groups = false
  for i = 1, #words do has_groups = has_groups or words[i].group end
  if not has_groups then return end
  local told = {}
  for i = 1, #words do
    local a = words[i]
    for j = i + 1, a.group ~= false and #words or 0 do
      local b = words[j]
      if b.group ~= a.group and b.group ~= false then
        local group = b.group or a.group
        if not told[group] and is_above(a, b) then
          told[group] = true
          watch:saw_order(group, a.place, b.place, b.group == group)
        end
      end
    end
  end
end

return M
