--- What a style is made of. A theme's type scale, the option `style` of a component and the options of a text all name
--- the same properties, listed here once with their kinds; scripts/types says what each does.
local M = {}

--- How glyphs look: what the engine's style is made from.
M.face = {
  size = "number", weight = "number", color = "color", font = "string", italic = "boolean", features = "string",
  tracking = "number", rise = "number", word_space = "number", language = "string", allow_missing = "boolean",
  caps = { "small", "all" },
}

--- How lines are made: what the engine's paragraph is told, as it is named there.
M.lines = {
  align = { "left", "right", "center", "justify", "start", "end" }, leading = "length", indent = "length",
  direction = { "auto", "ltr", "rtl" }, greedy = "boolean", no_wrap = "boolean", hyphenate = "boolean",
  hyphen_word = "count", hyphen_before = "count", hyphen_after = "count", hyphen_penalty = "amount",
  tolerance = "amount", space_stretch = "amount", space_shrink = "amount", letter_stretch = "amount",
  letter_shrink = "amount", protrusion = "amount", looseness = "integer", last_line = "amount",
}

--- All that an override may change: these, and how lines stay together over pages.
M.overrides = { widows = "count", orphans = "count" }
for name, kind in next, M.face do M.overrides[name] = kind end
for name, kind in next, M.lines do M.overrides[name] = kind end

local overrides = { __index = M.overrides }

--- The options of a component that takes all properties beside its own.
---@param own table<string, any>
---@return table<string, any>
function M.with(own)
  return setmetatable(own, overrides)
end

--- Takes the option `style` apart: a name, or a table of a name (first, may be left out) and properties.
---@param style? string|table
---@param what string                Of the component, for messages.
---@param usual? string              The name where none is given.
---@return string? name
---@return table? over               The properties; nil where the style is a name.
function M.split(style, what, usual)
  if type(style) ~= "table" then return style or usual end
  return require("briefpress.style_open").split(style, what, usual)
end

--- A spec whose style is a name: the properties of a style in a table are options of the spec, where it has no others.
---@param spec table
---@param what string
---@return table spec                The one given, where there is nothing to do.
function M.open(spec, what)
  if type(spec.style) ~= "table" then return spec end
  return require("briefpress.style_open").open(spec, what)
end

--- Overrides with others over them.
---@param over? table
---@param more table
---@return table
function M.over(over, more)
  if not over then return more end
  local both = {}
  for key, value in next, over do both[key] = value end
  for key, value in next, more do both[key] = value end
  return both
end

--- A length of a style in points: "1.5em" is of its size.
---@param length number|string
---@param size number
---@param place? string
---@return number
function M.points(length, size, place)
  if type(length) == "number" then return length end
  return require("briefpress.style_open").points(length, size, place)
end

return M
