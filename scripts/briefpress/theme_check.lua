--- What is wrong with a theme, in words, and styles that are like others. Few reports need it.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local sorted = require "briefpress.sorted"
local themes = require "briefpress.theme"
local merge = themes.merge

local M = {}

--- What a part of a theme holds under names of its own: for each room, who judges a value.
local judges = {}

function judges.colors(what, value)
  if type(value) ~= "table" then return options.expect(value, "color", what) end
  for i, color in ipairs(value) do options.expect(color, "color", ("%s: colour %d"):format(what, i)) end
end

function judges.fonts(what, value)
  if type(value) ~= "table" or #value == 0 then options.fail(what .. " must be a list of font families") end
  for i, family in ipairs(value) do options.expect(family, "string", ("%s: family %d"):format(what, i)) end
end

function judges.type(what, value)
  options.expect(value, "table", what)
  options.read(what, value, themes.properties, true)
end

function judges.space(what, value)
  options.expect(value, "number", what)
end

--- Refuses what no theme has, and values of the wrong kind.
---@param theme briefpress.Theme
---@param what string                "theme: base", for messages.
---@param is_part? boolean           Changes for a language: a short form (theme_short.lua) has no place there.
function M.check(theme, what, is_part)
  options.read(what, theme, is_part and themes.rooms or require("briefpress.theme_short").known, true)
  for room, judge in sorted.pairs(judges) do
    for name, value in sorted.pairs(theme[room] or {}) do judge(("%s: %s.%s"):format(what, room, name), value) end
  end
  if theme.page then options.read(what .. ": page", theme.page, themes.page, true) end
  for language, changes in sorted.pairs(theme.languages or {}) do
    options.expect(changes, "table", ("%s: languages.%s"):format(what, language))
    M.check(changes, ("%s: languages.%s"):format(what, language), true)
  end
end

--- A style with what it takes from the one it is like.
local function inherit(all, name, place, seen)
  local token = all[name]
  local like = token.like
  if not like then return token end
  if seen[name] then options.fail(('theme: the style "%s" is like itself'):format(name), place) end
  seen[name] = true
  if not all[like] then
    local near = engine.nearest(like, sorted.keys(all))
    options.fail(('theme: type.%s: like names no style "%s"%s'):format(name, like,
      near and ('; did you mean "%s"?'):format(near) or ""), place)
  end
  local base = inherit(all, like, place, seen)
  local result = merge(base, token)
  if token.size and not token.leading then -- In proportion, as where a text changes the size.
    local leading = base.leading
    result.leading = type(leading) == "number" and base.size and leading * token.size / base.size or leading
  end
  result.like = nil
  return result
end

--- The styles that are like others, with what they take from these.
---@param all table<string, table>  The type of a theme.
---@param place? string             Blamed for a style that is like none.
---@return table<string, table>
function M.inherit(all, place)
  local inherited = {}
  for name, token in sorted.pairs(all) do
    if token.like then inherited[name] = inherit(all, name, place, {}) end
  end
  return inherited
end

return M
