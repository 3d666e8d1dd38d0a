--- The attributes of a span, [words]{.style property=value}: a style of the theme, properties over it, and what the
--- words are for who hears them.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local sorted = require "briefpress.sorted"
local styles = require "briefpress.style"

local M = {}

--- What a part of a paragraph may have for itself.
local own = {}
for name, kind in next, styles.face do own[name] = kind end
own.allow_missing = nil

--- What its words are for who hears them: a type of the structure, and what they are short for.
local said = { tag = { "Quote", "Code", "Span" }, expansion = "string" }
for name, kind in next, said do own[name] = kind end

local function wrong(body, text, place)
  options.fail(("{%s}: %s"):format(body, text), place)
end

local function read_value(text)
  if text == "true" or text == "false" then return text == "true" end
  return tonumber(text) or text
end

--- Reads one property; sizes may be in ems of the words around.
local function read_property(body, key, value, place)
  local kind = own[key]
  if not kind then
    local near = engine.nearest(key, sorted.keys(own))
    wrong(body, ('no property "%s" of a span; %s'):format(key, near and ('did you mean "%s"?'):format(near)
      or "it knows " .. table.concat(sorted.keys(own), ", ")), place)
  end
  value = read_value(value)
  local is_relative = key == "size" and type(value) == "string" and value:match "^%d*%.?%d+em$"
  if not is_relative and not engine.fits(value, kind) then
    wrong(body, ("%s must be %s"):format(key, options.said(kind)), place)
  end
  return value
end

local known = {} -- Attributes read before, by their text.

local function read(body, place)
  local found = known[body]
  if found then return found end
  found = { over = {} }
  local at, length = 1, #body
  while true do
    at = body:find("%S", at)
    if not at then break end
    local _, last, name = body:find("^%.([%w_-]+)", at)
    local key, value
    if not last then _, last, key, value = body:find('^([%a_]+)="([^"]*)"', at) end
    if not last then _, last, key, value = body:find("^([%a_]+)=([^%s\"]+)", at) end
    if not last or (last < length and not body:find("^%s", last + 1)) then
      wrong(body, 'expected .style, property=value or property="two words"', place)
    end
    if name and found.name then wrong(body, "a span takes one style", place) end
    if name then
      found.name = name
    else
      (said[key] and found or found.over)[key] = read_property(body, key, value, place)
    end
    at = last + 1
  end
  known[body] = found
  return found
end

--- Tells a span of the paragraph what its words are.
---@param span engine.Span
---@param body string                Between the braces; it was read before.
function M.say(span, body)
  local found = known[body]
  span.tag, span.expansion = found.tag or span.tag, found.expansion
end

--- Puts the attributes over the overrides of the words around.
---@param cx briefpress.Context
---@param changed table              The overrides; they are changed.
---@param body string                Between the braces.
---@param size number                Of the words around.
---@param place? string
---@return boolean has_color         True where the colour is one of them.
function M.apply(cx, changed, body, size, place)
  local span = read(body, place)
  if span.name then
    local token = cx.theme.type[span.name]
    if not token then
      local near = engine.nearest(span.name, sorted.keys(cx.theme.type))
      wrong(body, ('no style "%s" in the theme%s'):format(span.name,
        near and ('; did you mean "%s"?'):format(near) or ""), place)
    end
    for name in next, own do
      if token[name] ~= nil then changed[name] = token[name] end
    end
  end
  for name, value in next, span.over do
    changed[name] = name == "size" and styles.points(value, size, place) or value
  end
  return span.over.color ~= nil or (span.name and cx.theme.type[span.name].color ~= nil)
end

return M
