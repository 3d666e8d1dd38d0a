--- Themes in a few words: `{ base = "plain", accent = "#7a1f3d", font = "Noto Serif" }`. What follows from a colour, a
--- font or a size is worked out here, so that a look stays of one piece; what a theme says itself comes over that.
local contrast = require "briefpress.contrast"
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local themes = require "briefpress.theme"
local tints = require "briefpress.tints"
local mix = tints.mix

local M = {}

--- What the short form has beside all that a theme holds.
M.known = setmetatable(options.define("theme", {
  base = "any", accent = "color", ink = "color", paper = "color", font = "any", heading_font = "any", size = "amount",
}), { __index = themes.rooms })

--- The themes that ship.
M.shipped = { "etown", "plain", "slides" }

--- A theme by name: one that ships, or one that stands in `themes/` beside the layout.
---@param name string
---@param what string                "report: theme", for messages.
---@return briefpress.Theme
function M.named(name, what)
  local is_there, theme = pcall(require, "themes." .. name)
  if is_there and type(theme) == "table" then return theme end
  local near = engine.nearest(name, M.shipped)
  options.fail(('%s: no theme "%s"; %s'):format(what, name, near and ('did you mean "%s"?'):format(near)
    or 'there are "' .. table.concat(M.shipped, '", "') .. '", and those in themes/ beside the layout'))
end

local function hex(color, what)
  if not color:find "^#" then options.fail(('%s must be written as "#rrggbb", got "%s"'):format(what, color)) end
  return tints.opaque(color)
end

--- The palest mix of a colour into its ground that can still be read on it.
local function readable(color, ground, most)
  for share = most, 0, -2 do
    local mixed = mix(color, ground, share / 100)
    if contrast.ratio(mixed, ground) >= 4.8 then return mixed end
  end
  return color
end

--- A colour, paler or deeper by as little as lets one of two colours be read on it.
local function fill_for(color, paper, ink, on_accent)
  for share = 0, 60, 2 do
    for _, other in ipairs { paper, ink } do
      local mixed = mix(color, other, share / 100)
      if math.max(contrast.ratio(mixed, on_accent), contrast.ratio(mixed, ink)) >= 4.6 then return mixed end
    end
  end
  return color
end

--- Colours that follow from an accent, an ink and a paper.
local function colors_from(given, base, what)
  local old = base.colors
  local paper = given.paper and hex(given.paper, what .. ": paper") or old.paper or "#ffffff"
  local ink = given.ink and hex(given.ink, what .. ": ink") or old.ink or "#000000"
  local accent = given.accent and hex(given.accent, what .. ": accent") or old.accent or ink
  local is_dark = contrast.luminance(paper) < 0.18
  if contrast.ratio(ink, paper) < 4.5 then
    if given.ink then
      options.fail(("%s: ink %s cannot be read on the paper %s; leave it out, or take %s"):format(what, ink, paper,
        tints.nearest(ink, paper, 7)))
    end
    ink = is_dark and "#f4f6f8" or "#14202e"
  end
  local colors = {}
  if given.paper or given.ink then
    colors.paper, colors.ink = paper, ink
    colors.text, colors.muted = mix(ink, paper, 0.06), readable(ink, paper, 45)
    colors.faint = mix(ink, paper, 0.76)
  end
  local on_paper, on_ink = contrast.ratio(accent, paper), contrast.ratio(accent, ink)
  colors.accent, colors.accent_soft = accent, mix(accent, paper, is_dark and 0.82 or 0.92)
  colors.on_accent = (on_paper >= 4.5 or on_paper >= on_ink) and paper or ink
  local function labelled(color) return fill_for(color, paper, ink, colors.on_accent) end
  colors.series = { accent, labelled(mix(accent, paper, 0.42)), labelled(mix(ink, paper, 0.7)),
    labelled(mix(ink, paper, 0.25)), labelled(mix(accent, paper, 0.66)), labelled(mix(ink, paper, 0.48)) }
  return colors
end

--- Families put in front of those that the base has, which go on to serve what they lack.
local function families(given, old, what)
  local list, seen = {}, {}
  for _, part in ipairs { type(given) == "table" and given or { given }, old } do
    for _, family in ipairs(part) do
      options.expect(family, "string", what)
      if not seen[family] then list[#list + 1] = family end
      seen[family] = true
    end
  end
  if #list == 0 then options.fail(what .. " must name a font family") end
  return list
end

local function fonts_from(given, base, what)
  local fonts = {}
  for name, old in next, base.fonts do
    local is_heading = name == "heading" or name == "figures"
    local own = is_heading and given.heading_font or name ~= "mono" and given.font or nil
    if own then
      fonts[name] = families(own, old, ("%s: %s"):format(what, own == given.font and "font" or "heading_font"))
    end
  end
  return fonts
end

local scaled = { "size", "leading", "space_before", "space_after", "indent" }

local function round(value) return math.floor(value * 20 + 0.5) / 20 end

--- All sizes and distances of a type scale, in proportion.
local function scale(all, by)
  local result = {}
  for name, token in next, all do
    local own = {}
    for _, key in ipairs(scaled) do
      if type(token[key]) == "number" then own[key] = round(token[key] * by) end
    end
    result[name] = own
  end
  return result
end

local function sizes_from(size, base)
  local by = size / base.type.body.size
  local changes = { type = scale(base.type, by), space = {}, languages = {} }
  for name, distance in next, base.space or {} do changes.space[name] = round(distance * by) end
  for language, own in next, base.languages or {} do
    if own.type then changes.languages[language] = { type = scale(own.type, by) } end
  end
  return changes
end

--- True where a table says a theme in the short form.
function M.is(given)
  for key in next, M.known do
    if given[key] ~= nil then return true end
  end
  return false
end

--- A whole theme from the short form.
---@param given table
---@param what string                For messages: "report: theme".
---@param base? briefpress.Theme     Instead of its own.
---@return briefpress.Theme
function M.open(given, what, base)
  options.read(what, given, M.known, true)
  base = base or themes.of(given.base or "plain", what .. ": base")
  local rooms, changes = {}, {}
  for key, value in next, given do
    if themes.rooms[key] then rooms[key] = value end
  end
  themes.check(rooms, what)
  if given.accent or given.ink or given.paper then changes.colors = colors_from(given, base, what) end
  if given.font or given.heading_font then changes.fonts = fonts_from(given, base, what) end
  if given.size then
    if given.size == 0 then options.fail(what .. ": size must be above 0") end
    for room, part in next, sizes_from(given.size, base) do changes[room] = part end
  end
  return themes.merge(themes.merge(base, changes), rooms)
end

return M
