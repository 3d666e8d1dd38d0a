--- Assertions for the Lua tests. A test file says what it claims:
---
---     local t = require "luatest"
---     t.it("adds", function() t.equal(1 + 1, 2) end)
---
--- A claim that does not hold is printed with its place; the others run, and the file fails at its end.
local M = {}

local group = nil

--- Puts claims together under a name.
---@param name string
---@param run fun()
function M.describe(name, run)
  local outer = group
  group = outer and outer .. " " .. name or name
  run()
  group = outer
end

--- One claim.
---@param name string
---@param run fun()
function M.it(name, run)
  local function trace(message) return type(message) == "string" and message or "error: " .. tostring(message) end
  local ok, message = xpcall(run, trace)
  if not ok then testing.failed((group and group .. " " or "") .. name .. ":\n  " .. message) end
end

local function show(value, depth)
  if type(value) == "string" then return string.format("%q", value) end
  if type(value) ~= "table" or (depth or 0) > 3 then return tostring(value) end
  local parts = {}
  for key, item in pairs(value) do
    parts[#parts + 1] = (math.type(key) == "integer" and "" or tostring(key) .. " = ") .. show(item, (depth or 0) + 1)
  end
  return "{" .. table.concat(parts, ", ") .. "}"
end
M.show = show

local function same(a, b)
  if a == b then return true end
  if type(a) ~= "table" or type(b) ~= "table" then return false end
  for key, item in pairs(a) do
    if not same(item, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

--- Both are equal; tables by what they hold.
function M.equal(got, wanted)
  if not same(got, wanted) then error("expected " .. show(wanted) .. ", found " .. show(got), 2) end
end

--- Two numbers differ by `most` at most (0.001).
function M.near(got, wanted, most)
  if type(got) ~= "number" or not (math.abs(got - wanted) <= (most or 0.001)) then -- luacheck: ignore 581
    error("expected about " .. show(wanted) .. ", found " .. show(got), 2)
  end
end

--- The value is neither nil nor false.
function M.truthy(got, what)
  if not got then error((what or "it") .. " does not hold: " .. show(got), 2) end
  return got
end

--- The text holds `part`, taken as it is.
function M.contains(text, part)
  if type(text) ~= "string" or not text:find(part, 1, true) then
    error("expected a text with " .. show(part) .. ", found " .. show(text), 2)
  end
end

--- Two tables have the same keys; what they hold does not matter.
---@param what string
---@param described table
---@param live table
function M.compare(what, described, live)
  for name in pairs(described) do M.it(what .. " has " .. name, function() M.truthy(live[name], "the live one") end) end
  for name in pairs(live) do M.it(what .. " describes " .. name, function() M.truthy(described[name], "the description") end) end
end

--- The call raises an error whose message holds `part`. Returns the message.
function M.raises(part, run, ...)
  local ok, message = pcall(run, ...)
  if ok then error("expected an error with " .. show(part) .. ", there was none", 2) end
  message = tostring(message)
  if not message:find(part, 1, true) then
    error("expected an error with " .. show(part) .. ", found " .. show(message), 2)
  end
  return message
end

return M
