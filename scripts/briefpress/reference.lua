--- References by name: {ref:id} is what a reader looks for ("Figure 3", "Section 2.1"), {number:id} its number alone,
--- {title:id} its title. Each is a link.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase

local M = {}

--- The number of a heading without the marks behind it: "一" of "一、".
local function trimmed(number)
  if number:find "[%(（]" then return number end
  for _, mark in ipairs { "、", "）", "．", ".", ")", ":" } do
    if #number > #mark and number:sub(-#mark) == mark then return number:sub(1, -#mark - 1) end
  end
  return number
end

local PLAIN = ".零一二三四五六七八九十百千" -- Beside letters and figures of ASCII.

--- True of a number that does not say what it numbers: "2.1", "一".
local function is_bare(number)
  for _, c in utf8.codes(number) do
    local char = utf8.char(c)
    if not char:find "^%w$" and not PLAIN:find(char, 1, true) then return false end
  end
  return true
end

local function name_of(entry)
  if entry.label or not entry.level then return require("briefpress.captioned").name(entry) end
  if entry.kind then return phrase(entry.kind, { number = entry.number }) end
  local number = trimmed(entry.number)
  return is_bare(number) and phrase("section", { number = number }) or number
end

local function title_of(cx, entry, place)
  if entry.title then return entry.title end
  if not entry.source then return nil end
  if entry.is_read then
    options.fail(("{title:%s}: the title leads back to itself"):format(entry.id), place)
  end
  entry.is_read = true
  local was_plain = cx.is_plain
  local title = require("briefpress.inline").plain(cx, entry.source, "body", entry.place)
  cx.is_plain, entry.is_read = was_plain, nil
  entry.title = title
  return title
end

local kinds = { ref = true, number = true, title = true }

--- True of what this module knows.
---@param kind string
function M.knows(kind)
  return kinds[kind]
end

--- What a reference prints, and its link.
---@param cx briefpress.Context
---@param kind "ref"|"number"|"title"
---@param id string
---@param place? string
---@return string text
---@return string link
function M.fill(cx, kind, id, place)
  local item = cx.anchors[id]
  if not item then
    local near = engine.nearest(id, require("briefpress.sorted").keys(cx.anchors))
    options.fail(('{%s:%s}: nothing has the id "%s"%s'):format(kind, id, id,
      near and ('; did you mean "%s"?'):format(near) or ""), place)
  end
  local entry = item.entry or item
  local text
  if kind == "title" then
    text = title_of(cx, entry, place)
  elseif entry.number then
    text = kind == "ref" and name_of(entry) or trimmed(entry.number)
  elseif kind == "ref" then
    text = title_of(cx, entry, place)
  end
  if not text or text == "" then
    options.fail(('{%s:%s}: it has no %s; {page:%s} prints its page'):format(kind, id,
      kind == "title" and "title" or "number", id), place)
  end
  return text, "#" .. (item.entry and item.entry.id or id)
end

return M
