--- A layout that says what it is for and which parameters it takes: `return b.layout { params = {...}, function ... }`.
--- The program reads the command line against it before anything is laid out. A plain function is a layout too.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local parameters = require "briefpress.parameters"

local M = {}

local Layout = {}
Layout.__index = Layout

local known = options.define("layout", { title = "any", description = "any", params = "table" })

--- See scripts/types. What it answers is for the program alone.
---@param spec table
function M.layout(spec)
  options.expect(spec, "table", "layout")
  spec = options.read("layout", spec, known, true)
  local place, parts = engine.caller(), options.list(spec)
  if #parts ~= 1 or type(parts[1]) ~= "function" then
    options.fail("layout: expected one function of (data, params) that returns b.report { ... }")
  end
  for _, name in ipairs { "title", "description" } do parameters.check_text(spec[name], "layout: " .. name, place) end
  return setmetatable({ build = parts[1], title = spec.title, description = spec.description, place = place,
    declared = parameters.declare(spec.params or {}, place) }, Layout)
end

local opened -- The layout that is run.

--- What a layout's file returned, made ready: its function and the typed values of its parameters; or false and the
--- faults, each with its place. Nil where it is no layout of `b.layout`.
---@param value any
---@param given table<string,string>  As on the command line.
---@return function|false|nil build
---@return table values
function M.open(value, given)
  if getmetatable(value) ~= Layout then return nil end
  local values, faults = parameters.read(value.declared, given, value.place)
  if #faults > 0 then return false, faults end
  opened = value
  return value.build, values
end

--- The title of the layout that is run; "" where it has none.
---@return string
function M.title()
  return opened and parameters.text_in_language(opened.title) or ""
end

--- What a layout declares, for --help: a line "title, tab, description", then one for each parameter: how it is given,
--- tab, what it is. Nil as in `open`.
---@param value any
---@return string?
function M.describe(value)
  if getmetatable(value) ~= Layout then return nil end
  return parameters.describe(value.declared, value)
end

return M
