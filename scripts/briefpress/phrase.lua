--- The words that the library itself prints, per language. A theme may bring its own (`phrases`).
local engine = require "briefpress.engine"

local M = {}
local tables, extra = {}, nil

--- Lets a theme's words come first; called once a rendering.
function M.use(phrases)
  extra = phrases
end

local function words(language)
  local found = tables[language]
  if found == nil then
    local is_there, list = pcall(require, "briefpress.phrases." .. language)
    found = is_there and list or false
    tables[language] = found
  end
  return found
end

--- The phrase of a name as it is written; nil where there is none.
local function find(name)
  local language = engine.job.language or "en"
  local primary = language:match("^%a+") or "en"
  local text = extra and ((extra[language] and extra[language][name]) or (extra[primary] and extra[primary][name]))
  if text then return text end
  local list = primary ~= "en" and words(primary)
  return list and list[name] or words("en")[name]
end

--- True where there is a phrase of a name.
---@param name string
---@return boolean
function M.has(name)
  return find(name) ~= nil
end

--- A phrase in the report's language; {name} in it is replaced by `values.name`. A language that the library
--- does not know gets English.
---@param name string
---@param values? table<string, string|number>
---@return string
function M.phrase(name, values)
  local text = find(name)
  if not text then
    local known = require("briefpress.sorted").keys(words("en"))
    local near = engine.nearest(name, known)
    error(('no phrase "%s"; %s'):format(name, near and ('did you mean "%s"?'):format(near)
      or "words of your own go into phrases of the theme, by language"), 2)
  end
  if not values then return text end
  return (text:gsub("{(%w+)}", function(key)
    local value = values[key]
    if value == nil then return nil end
    if type(value) == "number" then return engine.format.number(value) end
    return value
  end))
end

return M
