--- Inline text: Markdown and {placeholders} become the spans of a paragraph. Placeholders are swapped for private-use
--- characters before Markdown is read and filled in afterwards, so neither can disturb the other, and text from the
--- data is never read as Markdown. Every figure goes through its indicator's format and into the ledger.
local contrast = require "briefpress.contrast"
local engine = require "briefpress.engine"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"
local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub

local M = {}

local OPEN, CLOSE = "\u{F8FE}", "\u{F8FF}"

local function is_wide(text, position)
  local code = utf8.codepoint(text, position)
  return code >= 0x2E80 and code < 0xFFF0
end

--- Line ends inside a text are spaces (none between Han characters); "\" or two spaces before one keep it.
local function unfold(text)
  text = gsub(gsub(text, "^%s+", ""), "%s+$", "")
  if not find(text, "[\n\r\t]") then return text end
  text = gsub(text, "\r\n?", "\n")
  return (gsub(text, "()([ \t]*)(\\?)\n[ \t]*()", function(from, blank, slash, to)
    if slash ~= "" or #blank > 1 then return "\\\n" end
    local last = from > 1 and utf8.offset(text, -1, from)
    if last and to <= #text and is_wide(text, last) and is_wide(text, to) then return "" end
    return " "
  end))
end

local function misspelt(kind, word, names, place)
  local near = engine.nearest(word, names)
  options.fail(('{%s}: no such %s%s'):format(word, kind, near and ('; did you mean "%s"?'):format(near) or ""), place)
end

--- The indicator of an id; a misspelt one is an error that suggests the nearest.
---@param cx briefpress.Context
---@param id string|engine.Indicator
---@param what string               Who asks, for the message: 'figure "x"'.
---@param place? string
---@return engine.Indicator
function M.indicator(cx, id, what, place)
  if type(id) ~= "string" then return id end
  local all = cx.data.indicators
  if all:has(id) then return all[id] end
  local names = {}
  for i = 1, #all do names[i] = all[i].id end
  local near = engine.nearest(id, names)
  options.fail(('%s "%s": no such indicator%s'):format(what, id, near and ('; did you mean "%s"?'):format(near) or ""),
    place or cx.at)
end

local flags = { unit = "unit", plus = "plus", spelled = "spelled", compact = "compact", wording = "wording" }
local off = { plain = "qualifier", ungrouped = "grouping" }
local words = { "unit", "plus", "spelled", "compact", "wording", "plain", "ungrouped", "decimals=", "period=" }

--- Reads what follows "|": words ("unit", "plain") and values ("decimals=1").
local function read_format(text, place)
  local format = {}
  for word in text:gmatch("[^%s,]+") do
    local key, value = match(word, "^(%a+)=(.+)$")
    if flags[word] then
      format[flags[word]] = true
    elseif off[word] then
      format[off[word]] = false
    elseif key == "decimals" and tonumber(value) then
      format.decimals = math.tointeger(tonumber(value))
    elseif key == "period" then
      format.period = value
    else
      misspelt("format", word, words, place)
    end
  end
  return format
end

local fields = { "label", "period", "unit", "symbol", "note", "value", "source", "locator", "wording", "change",
  "difference", "theme" }

local function field_of(cx, indicator, field, format, place)
  if field == "period" then return engine.format.date(indicator.period) end
  if field == "value" then
    return engine.format.number(indicator.value, { decimals = format.decimals, grouping = format.grouping })
  end
  if field == "source" or field == "theme" then
    local part = indicator[field]
    return part and part.title or ""
  end
  if field == "change" or field == "difference" then
    local change = indicator:change()
    if not change then
      options.fail(("{%s.%s}: there is no earlier period"):format(indicator.id, field), place)
    end
    local is_percent = field == "change"
    return engine.format.number(is_percent and change.percent or change.absolute,
      { decimals = format.decimals or (is_percent and 1 or nil), percent = is_percent, plus = format.plus or nil })
  end
  for _, known in ipairs(fields) do
    if known == field then return tostring(indicator[field] or "") end
  end
  misspelt("field", field, fields, place)
  return cx
end

local function other_root(cx, root, field, rest, place)
  if root == "params" then
    local value = cx.params[field]
    if value == nil then
      options.fail(("{params.%s}: the parameter is not set (-p %s=…)"):format(field, field), place)
    end
    return tostring(value)
  end
  local part = cx.data[root]
  local value = part and part[field]
  if type(value) ~= "string" then
    options.fail(("{%s.%s}: there is no such text in the data"):format(root, field), place)
  end
  if field == "start" or field == "end" or field == "published" then
    return engine.format.date(value, rest ~= "" and rest or nil)
  end
  return value
end

local roots = { params = true, dataset = true, event = true }

--- Fills one placeholder. Answers its text, its mark in the ledger and its link.
local function fill(cx, body, place)
  local target = match(body, "^page:%s*(.-)%s*$")
  if target then
    if not cx.anchors[target] then misspelt("id", target, require("briefpress.sorted").keys(cx.anchors), place) end
    return engine.format.number(cx:page_of(target) or 0), nil, "#" .. target
  end
  local name, format_text = match(body, "^%s*(.-)%s*|%s*(.-)%s*$")
  name = name or match(body, "^%s*(.-)%s*$")
  local id, field = match(name, "^([^.]+)%.(%a+)$")
  id = id or name
  if not find(id, "^[%w_%-:]+$") then
    options.fail(("{%s}: expected an indicator, as {id}, {id.label} or {id | unit}; {{ prints a brace"):format(body),
      place)
  end
  if roots[id] and field and not cx.data.indicators:has(id) then
    return other_root(cx, id, field, format_text or "", place)
  end
  local all = cx.data.indicators
  if not all:has(id) then
    local names = {}
    for i = 1, #all do names[i] = all[i].id end
    misspelt("indicator", id, names, place)
  end
  local indicator = all[id]
  local format = format_text and read_format(format_text, place) or {}
  if field then
    local text = field_of(cx, indicator, field, format, place)
    local is_figure = field == "value" or field == "change" or field == "difference"
    return text, is_figure and ledger.enter(cx, indicator, text, name .. (format_text or ""), place) or nil
  end
  local text = indicator:format(format)
  return text, ledger.enter(cx, indicator, text, format_text, place)
end

--- Swaps placeholders for numbered marks; answers the text and what fills them.
local function swap(cx, text, place)
  local filled = {}
  text = gsub(text, "{{", "\u{F8FD}")
  text = gsub(text, "{([^{}]*)}", function(body)
    local content, mark, link = fill(cx, body, place)
    filled[#filled + 1] = { content, mark, link }
    return OPEN .. #filled .. CLOSE
  end)
  text = gsub(text, "\u{F8FD}", "{")
  return gsub(text, "}}", "}"), filled
end

--- Adds a run's text, filling the marks in it.
local function put(spans, style, text, link, filled)
  if not find(text, OPEN, 1, true) then
    if text ~= "" then spans[#spans + 1] = { style = style, text = text, link = link } end
    return
  end
  local at = 1
  while true do
    local from, to, number = find(text, OPEN .. "(%d+)" .. CLOSE, at)
    local plain = sub(text, at, from and from - 1 or -1)
    if plain ~= "" then spans[#spans + 1] = { style = style, text = plain, link = link } end
    if not from then return end
    local entry = filled[tonumber(number)]
    if entry and entry[1] ~= "" then
      spans[#spans + 1] = { style = style, text = entry[1], mark = entry[2], link = link or entry[3] }
    end
    at = to + 1
  end
end

local function with(over, changes)
  local result = {}
  for key, value in next, over or {} do result[key] = value end
  for key, value in next, changes do result[key] = value end
  return result
end

--- The spans of a text in a style of the theme.
---@param cx briefpress.Context
---@param text string
---@param name string               Style of the theme.
---@param over? table               Overrides of the style.
---@param place? string             Blamed for what is wrong in the text.
---@return engine.Span[] spans
---@return table token              The style's token.
function M.spans(cx, text, name, over, place)
  local style, token = cx:style(name, over)
  contrast.check(cx, token, place)
  text = unfold(text)
  local filled
  if find(text, "[{}]") then text, filled = swap(cx, text, place) end
  if not find(text, "[%*_`%[%]<>&\\!~]") then
    local spans = {}
    put(spans, style, text, nil, filled)
    if #spans == 0 then spans[1] = { style = style, text = "" } end
    return spans, token
  end
  local spans = {}
  for _, run in ipairs(engine.text.markdown_inline(text)) do
    if run.hard_break then
      spans[#spans + 1] = { style = style, text = "\n" }
    elseif run.soft_break then
      spans[#spans + 1] = { style = style, text = " " }
    else
      local set = style
      if run.strong or run.emphasis or run.code or run.link then
        local changes = {}
        if run.strong then changes.weight = (token.weight or 400) >= 600 and 700 or 600 end
        if run.emphasis then changes.italic = not token.italic end
        if run.code then changes.font, changes.size, changes.leading = "mono", token.size * 0.92, token.leading end
        if run.link then changes.color = "accent" end
        set = cx:style(name, with(over, changes))
      end
      if run.image then
        options.fail(('"%s": an image cannot stand inside a text; use b.image'):format(run.image), place)
      end
      put(spans, set, run.text or "", not cx.is_furniture and run.link or nil, filled)
    end
  end
  if #spans == 0 then spans[1] = { style = style, text = "" } end
  return spans, token
end

--- Text of the data as inline text that prints literally.
---@param text string
---@return string
function M.escape(text)
  text = gsub(gsub(text, "[{}]", "%0%0"), "[\\*_`%[%]<>&!~]", "\\%0")
  return text
end

--- The text without any markup: for bookmarks, the contents and alternative texts.
---@return string
function M.plain(cx, text, name, place)
  local parts = {}
  for i, span in ipairs((M.spans(cx, text, name or "body", nil, place))) do parts[i] = span.text end
  return (gsub(table.concat(parts), "\n", " "))
end

--- True where laying the text out needs page numbers.
function M.needs_pages(text)
  return find(text, "{page:", 1, true) ~= nil
end

return M
