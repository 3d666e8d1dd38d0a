--- Themes: tables of tokens, merged deeply. A theme may hold `languages = { zh = {...} }`: changes that count when the
--- report is in that language. What a theme says is checked like the options of a component.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local styles = require "briefpress.style"
local all_fit = engine.all_fit

local M = {}
local NONE = {}

--- What a theme holds, and its page.
M.rooms = { colors = "table", fonts = "table", type = "table", space = "table", page = "table", phrases = "table",
  languages = "table", name = "string" }
M.page = { paper = "any", margins = "table", baseline = "amount" }
M.properties = { like = "string", space_before = "length", space_after = "length" }
for name, kind in next, styles.overrides do M.properties[name] = kind end

local function is_map(value)
  return type(value) == "table" and value[1] == nil
end

--- A table with changes over it, and so are the tables in it; lists are replaced whole.
local function merge(base, changes)
  local result = {}
  for key, value in next, base do result[key] = value end
  for key, value in next, changes do
    local old = result[key]
    if is_map(old) and is_map(value) then result[key] = merge(old, value) else result[key] = value end
  end
  return result
end

M.merge = merge

local good = setmetatable({}, { __mode = "k" }) -- Themes that were found good.

local function is_list(list)
  if type(list) ~= "table" or #list == 0 then return false end
  for i = 1, #list do
    if type(list[i]) ~= "string" then return false end
  end
  return true
end

--- True where nothing is wrong that theme_check could find and put into words: nearly all themes are good.
local function is_good(theme)
  if not all_fit(theme, M.rooms) then return false end
  for _, color in next, theme.colors or NONE do
    if type(color) ~= "string" and not is_list(color) then return false end
  end
  for _, families in next, theme.fonts or NONE do
    if not is_list(families) then return false end
  end
  for _, token in next, theme.type or NONE do
    if type(token) ~= "table" or not all_fit(token, M.properties) then return false end
  end
  for _, changes in next, theme.languages or NONE do
    if type(changes) ~= "table" or not is_good(changes) then return false end
  end
  for _, distance in next, theme.space or NONE do
    if type(distance) ~= "number" then return false end
  end
  return all_fit(theme.page or NONE, M.page)
end

--- Checks a theme, once.
---@param theme briefpress.Theme
---@param what string
function M.check(theme, what)
  if good[theme] then return end
  if not is_good(theme) then require("briefpress.theme_check").check(theme, what) end
  good[theme] = true
end

--- The theme that a layout means: a theme, the name of one, or one in the short form (theme_short.lua).
---@param given briefpress.Theme|briefpress.options.theme|string
---@param what string                For messages: "report: theme".
---@return briefpress.Theme
function M.of(given, what)
  if good[given] then return given end
  if type(given) == "table" and all_fit(given, M.rooms) then
    M.check(given, what)
    if given.colors and given.fonts and given.type then return given end
    local whole = merge(M.of("plain", what), given) -- Changes alone: of the plain theme.
    good[whole] = true
    return whole
  end
  local short = require "briefpress.theme_short"
  if type(given) == "string" then return M.of(short.named(given, what), what) end
  if type(given) ~= "table" then
    options.fail(('%s must be a theme or its name, as "plain", got a %s'):format(what, type(given)))
  end
  if short.is(given) then
    local theme = short.open(given, what)
    good[theme] = true
    return theme
  end
  M.check(given, what)
  return given
end

--- A theme made from another and its changes, or from the short form alone. Lists (families, the series of colours) are
--- replaced whole.
---@param base briefpress.Theme|briefpress.options.theme|string
---@param changes? briefpress.options.theme
---@return briefpress.Theme
function M.theme(base, changes)
  options.expect(changes or {}, "table", "theme: changes")
  base = M.of(base, changes and "theme: base" or "theme")
  if not changes then return base end
  local theme
  if all_fit(changes, M.rooms) then
    M.check(changes, "theme")
    theme = merge(base, changes)
  else
    if changes.base ~= nil then options.fail("theme: its base stands before its changes; leave base = out of them") end
    theme = require("briefpress.theme_short").open(changes, "theme", base)
  end
  good[theme] = true
  return theme
end

--- The theme as it is for a language, its styles with what they take from others.
---@param theme briefpress.Theme
---@param language string
---@param place? string             Blamed for a style that is like none.
---@return briefpress.Theme
function M.resolve(theme, language, place)
  local changes = theme.languages
  changes = changes and (changes[language] or changes[language:match("^%a+") or ""])
  theme = changes and merge(theme, changes) or theme
  for _, token in next, theme.type or {} do
    if token.like then return merge(theme, { type = require("briefpress.theme_check").inherit(theme.type, place) }) end
  end
  return theme
end

return M
