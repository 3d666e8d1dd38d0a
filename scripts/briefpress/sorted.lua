--- Iteration in a fixed order: `pairs` differs from run to run, and nothing drawn or told may depend on it.
local M = {}

local function before(a, b)
  if type(a) == type(b) and (type(a) == "number" or type(a) == "string") then return a < b end
  if type(a) ~= type(b) then return type(a) < type(b) end
  return tostring(a) < tostring(b)
end

--- The keys of a table: numbers first, then strings, each rising.
---@param t table
---@return any[]
function M.keys(t)
  local keys = {}
  for key in next, t do keys[#keys + 1] = key end
  table.sort(keys, before)
  return keys
end

--- As `pairs`, in the order of `keys`.
---@param t table
function M.pairs(t)
  local keys, i = M.keys(t), 0
  return function()
    i = i + 1
    local key = keys[i]
    if key ~= nil then return key, t[key] end
  end
end

return M
