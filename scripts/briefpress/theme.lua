--- Themes: tables of tokens, merged deeply. A theme may hold `languages = { zh = {...} }`: changes that count when the
--- report is in that language.
local options = require "briefpress.options"

local M = {}

local function is_map(value)
  return type(value) == "table" and value[1] == nil
end

local function merge(base, changes)
  local result = {}
  for key, value in next, base do result[key] = value end
  for key, value in next, changes do
    local old = result[key]
    if is_map(old) and is_map(value) then result[key] = merge(old, value) else result[key] = value end
  end
  return result
end

local rooms = { colors = "table", fonts = "table", type = "table", space = "table", page = "table", phrases = "table",
  languages = "table", name = "string" }

--- A theme made from another and its changes. Lists (font families, the series of colours) are replaced whole.
---@param base briefpress.Theme
---@param changes table
---@return briefpress.Theme
function M.theme(base, changes)
  options.expect(base, "table", "theme: base")
  options.expect(changes or {}, "table", "theme: changes")
  options.read("theme", changes or {}, rooms, true)
  return merge(base, changes or {})
end

--- The theme as it is for a language.
---@param theme briefpress.Theme
---@param language string
---@return briefpress.Theme
function M.resolve(theme, language)
  local changes = theme.languages
  changes = changes and (changes[language] or changes[language:match("^%a+") or ""])
  return changes and merge(theme, changes) or theme
end

return M
