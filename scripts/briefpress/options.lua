--- Reading what a layout hands to a component: the positional part, the options by name, each checked here and
--- nowhere else. A fault is blamed on the line of the layout, never on the library.
local engine = require "briefpress.engine"
local type, next = type, next
local fits, all_fit = engine.fits, engine.all_fit

local M = {}

--- Raises an error blamed on `place` ("file:line"), or on the layout's line that is running.
---@param text string
---@param place? string
function M.fail(text, place)
  place = place or engine.caller()
  error(place ~= "" and place .. ": " .. text or text, 0)
end

--- A kind as a sentence says it.
function M.said(kind)
  if type(kind) == "table" then return 'one of "' .. table.concat(kind, '", "') .. '"' end
  if kind == "length" then return 'a length (points, or "20mm", "50%")' end
  if kind == "width" then return 'a length (points, or "20mm", "30%", "1fr"), or "auto"' end
  if kind == "color" then return 'a colour ("accent", "#1b365d")' end
  if kind == "function" then return "a function" end
  if kind == "boolean" then return "true or false" end
  if kind == "integer" then return "a whole number" end
  if kind == "count" then return "a whole number from 0" end
  if kind == "amount" then return "a number from 0" end
  if kind == "style" then return "the name of a style, or a table of its properties" end
  return "a " .. kind
end

--- Options that every block takes.
M.common = {
  space_before = "length", space_after = "length", keep_with_next = "boolean", id = "string",
}

--- Option tables by the name of what takes them, as far as their modules were loaded: scripts/types describes each,
--- and a test holds the two against each other.
M.defined = {}

--- The component that was read last: what --boxes calls the block that is made of it.
M.reading = nil

--- Notes what a component, or a part of one, takes. Each option table goes through here once, as its module is loaded.
---@param name string            "table", "table.column", "chart.bar".
---@param known table<string, string|string[]>
---@return table<string, string|string[]> known
function M.define(name, known)
  M.defined[name] = known
  return known
end

--- Checks a value of an option or argument.
---@param value any
---@param kind string|string[]   A type, "length", "color", "any", or the words allowed.
---@param name string            What it is: "figure: size".
function M.expect(value, kind, name)
  if not fits(value, kind) then
    local given = type(value)
    if given == "boolean" then given = tostring(value) end
    if given == "table" then given = "a table" end
    if given == "function" then given = "a function" end
    if given == "string" then
      given = '"' .. value .. '"'
      if (kind == "length" or kind == "width") and tonumber(value) then
        given = ('%s; a text needs a unit ("%spt"), points are a number (%s)'):format(given, value, value)
      end
    end
    if given == "number" then given = ("%.14g"):format(value) end
    M.fail(("%s must be %s, got %s"):format(name, M.said(kind), given))
  end
  return value
end

local function unknown(name, key, known, common)
  local names = {}
  local more = getmetatable(known)
  for _, set in ipairs { known, common, more and more.__index } do
    for word in next, set do names[#names + 1] = word end
  end
  table.sort(names)
  local near = engine.nearest(key, names)
  M.fail(('%s: no option "%s"; %s'):format(name, key,
    near and ('did you mean "%s"?'):format(near) or "it knows " .. table.concat(names, ", ")))
end

--- Reads a spec: a table of positional parts and options, or the one positional part itself.
---@param name string            Of the component, for messages.
---@param spec any
---@param known table<string, string|string[]>  The options it takes, by kind.
---@param is_part? boolean       It describes a part (a column, an item), not a block with the common options.
---@return table spec
function M.read(name, spec, known, is_part)
  local common
  if not is_part then common, M.reading = M.common, name end
  if type(spec) ~= "table" then return { spec } end
  if spec.layout or getmetatable(spec) then
    if spec == require "briefpress" then
      M.fail(("%s: components are called with a dot, as b.%s"):format(name, name))
    end
    return { spec }
  end
  if all_fit(spec, known, common) then return spec end
  common = common or {}
  local worst
  for key, value in next, spec do
    local kind = known[key] or common[key]
    if not kind or not fits(value, kind) then
      local is = type(key)
      if is == "string" then
        if not worst or key < worst then worst = key end
      elseif is ~= "number" then
        M.fail(("%s: a %s cannot be the name of an option"):format(name, is))
      end
    end
  end
  if worst then
    local kind = known[worst] or common[worst]
    if not kind then unknown(name, worst, known, common) end
    M.expect(spec[worst], kind, name .. ": " .. worst)
  end
  return spec
end

--- The positional parts in order; holes (nil) and false are left out, so `cond and block` works.
---@param spec table
---@return any[]
function M.list(spec)
  local count, most = #spec, 0
  for key in next, spec do
    if type(key) == "number" and key > most then most = key end
  end
  if most < count then most = count end
  local list = { nil, nil, nil, nil } -- With room, so that few of them ever grow.
  for i = 1, most do
    local item = spec[i]
    if item ~= nil and item ~= false then list[#list + 1] = item end
  end
  return list
end

return M
