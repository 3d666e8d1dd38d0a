--- Styles that are tables, and their lengths in em: what style.lua leaves to those who have them.
local options = require "briefpress.options"
local styles = require "briefpress.style"

local M = {}

--- What a style that is given to a component may hold: a block may stay with the next, which a name cannot say.
local given = styles.with { space_before = "length", space_after = "length", keep_with_next = "boolean" }

--- Takes the option `style` apart: a name, or a table of a name (first, may be left out) and properties.
---@param style table
---@param what string                Of the component, for messages.
---@param usual? string              The name where none is given.
---@return string? name
---@return table? over               The properties; nil where the style is a name.
function M.split(style, what, usual)
  options.read(what .. ": style", style, given, true)
  for key in next, style do
    if type(key) == "number" and key ~= 1 then
      options.fail(what .. ": style takes one name; its properties have names")
    end
  end
  local name, over = style[1], {}
  if name ~= nil then options.expect(name, "string", what .. ": style: the name") end
  for key, value in next, style do
    if key ~= 1 then over[key] = value end
  end
  return name or usual, over
end

--- A spec whose style is a name: the properties of a style in a table are options of the spec, where it has no others.
---@param spec table
---@param what string
---@return table spec
function M.open(spec, what)
  local name, opened = M.split(spec.style, what)
  for key, value in next, spec do opened[key] = value end
  opened.style = name
  return opened
end

--- A length of a style in points: "1.5em" is of its size.
---@param length string
---@param size number
---@param place? string
---@return number
function M.points(length, size, place)
  local ems = length:match("^%s*(%-?%d*%.?%d+)%s*em%s*$")
  return ems and tonumber(ems) * size or require("briefpress.lengths").points(length, 0, place)
end

return M
