--- Inline text: Markdown and {placeholders} become the spans of a paragraph. The engine takes a text apart into runs
--- and placeholders (`engine.text.inline`); here placeholders are filled and runs get their styles, so neither can
--- disturb the other, and text from the data is never read as Markdown. Every figure goes through its indicator's
--- format and into the ledger.
local contrast = require "briefpress.contrast"
local engine = require "briefpress.engine"
local ledger = require "briefpress.ledger"
local options = require "briefpress.options"
local take_apart = engine.text.inline
local byte, find, gsub, match = string.byte, string.find, string.gsub, string.match

local M = {}

-- How a run looks, as the engine says it.
local STRONG, EMPHASIS, CODE, LINK, IMAGE, PLACEHOLDER, SCRIPT, GOES_ON, SPAN = 1, 2, 4, 8, 16, 32, 192, 256, 512
local HASH = 35 -- "#": links to places of the report begin with it.
local STYLED = ~(IMAGE | PLACEHOLDER | GOES_ON)

--- `all`: how all names are said where none is near, for they are few.
--- `body`: what stands between the braces, where that is more than the word.
local function misspelt(kind, word, names, place, all, body)
  local near = engine.nearest(word, names)
  options.fail(('{%s}: no such %s%s'):format(body or word, kind, near and ('; did you mean "%s"?'):format(near)
    or all and "; " .. all .. table.concat(names, ", ") or ""), place)
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
local words = { "unit", "plus", "spelled", "compact", "wording", "plain", "ungrouped", "mark", "decimals=", "period=" }

local NONE = {}
local formats, format_count = {}, 0 -- What was read before: texts repeat.
local marked = {} -- True for those of them that want the mark of the source.
local FORMATS_MOST = 512

--- Reads what follows "|": words ("unit", "plain") and values ("decimals=1"). The answer is shared: read it only.
local function read_format(text, place)
  local format = formats[text]
  if format then return format end
  format = {}
  for word in text:gmatch("[^%s,]+") do
    local key, value = match(word, "^(%a+)=(.+)$")
    if word == "mark" then
      marked[format] = true
    elseif flags[word] then
      format[flags[word]] = true
    elseif off[word] then
      format[off[word]] = false
    elseif key == "decimals" and tonumber(value) then
      format.decimals = math.tointeger(tonumber(value))
    elseif key == "period" then
      format.period = value
    else
      misspelt("format", word, words, place, "behind the bar stand ")
    end
  end
  if format_count == FORMATS_MOST then formats, marked, format_count = {}, { [format] = marked[format] }, 0 end
  formats[text], format_count = format, format_count + 1
  return format
end

local fields = { "label", "period", "unit", "symbol", "note", "value", "source", "locator", "wording", "change",
  "difference", "theme", "mark" }

local function field_of(cx, indicator, field, format, place)
  if field == "period" then return engine.format.date(indicator.period) end
  if field == "value" then
    local seen = format.period and ledger.observation(indicator, format.period) or indicator
    if format.period and seen == indicator then
      options.fail(("{%s.value | period=%s}: there is no value of this period"):format(indicator.id, format.period),
        place)
    end
    local decimals = format.decimals or (indicator.decimals >= 0 and indicator.decimals or nil)
    return engine.format.number(seen.value, { decimals = decimals, grouping = format.grouping })
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
  misspelt("field", field, fields, place, "an indicator has ")
  return cx
end

--- A parameter as text: a number with the language's decimal mark (and grouped, "number"), a date in a style.
local function parameter_text(cx, field, rest, place)
  local value = cx.params[field]
  if value == nil then
    options.fail(("{params.%s}: the parameter is not set (-p %s=…)"):format(field, field), place)
  end
  if type(value) == "number" then return engine.format.number(value, { grouping = rest == "number" }) end
  if type(value) == "boolean" then return require("briefpress.phrase").phrase(value and "yes" or "no") end
  if rest ~= "" and value:match "^%d%d%d%d%-%d%d%-%d%d$" then return engine.format.date(value, rest) end
  return value
end

local function other_root(cx, root, field, rest, place)
  if root == "params" then return parameter_text(cx, field, rest, place) end
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

local PAGE = "page:" -- What the engine calls the field of {page:id}.
local NOTE, NOTED = "note:", "noted:" -- The same of a note, ^[text] and [^key].

--- Fills one placeholder: `id` (false where it is none), `field` and `format_text` (false where it has none) of
--- `body`. Answers its text, its mark in the ledger, its link, and the number of the source that is to be marked, or a
--- mark of the index.
local function fill(cx, id, field, format_text, body, place)
  if field == PAGE then
    if not cx.anchors[id] then
      misspelt("id", id, require("briefpress.sorted").keys(cx.anchors), place, nil, PAGE .. id)
    end
    return cx:page_label(cx:page_of(id) or 0), nil, "#" .. id
  end
  if field == NOTE or field == NOTED then return "", nil, nil, { text = id, is_key = field == NOTED } end
  if not id then
    if find(body, "^%a+:") then return require("briefpress.inline_named").fill(cx, body, place) end
    options.fail(("{%s}: expected an indicator, as {id}, {id.label} or {id | unit}; {{ prints a brace"):format(body),
      place)
  end
  local indicator = cx.found[id]
  if not indicator then
    local all = cx.data.indicators
    if not all:has(id) then
      if find(id, ":", 1, true) then return require("briefpress.inline_named").fill(cx, body, place) end
      if field and roots[id] then return other_root(cx, id, field, format_text or "", place) end
      local names = {}
      for i = 1, #all do names[i] = all[i].id end
      misspelt("indicator", id, names, place)
    end
    indicator = all[id]
    cx.found[id] = indicator
  end
  local format = format_text and read_format(format_text, place) or NONE
  if field == "mark" then
    return "", nil, nil, require("briefpress.source_mark").number(cx, indicator, nil, body, place)
  end
  if field then
    local text = field_of(cx, indicator, field, format, place)
    if field ~= "value" and field ~= "change" and field ~= "difference" then return text end
    return text, ledger.enter(cx, indicator, text, id .. "." .. field .. (format_text or ""), place,
      field == "value" and format.period or nil), nil,
      marked[format] and require("briefpress.source_mark").number(cx, indicator, nil, body, place) or nil
  end
  local text = indicator:format(format)
  return text, ledger.enter(cx, indicator, text, format_text or nil, place, format.period), nil,
    marked[format] and require("briefpress.source_mark").number(cx, indicator, format.period, body, place) or nil
end

--- Fills the placeholders in the order of the text; what `fill` answers takes the places of what was asked for.
local function fill_all(cx, holes, place)
  for i = 1, #holes, 4 do
    holes[i], holes[i + 1], holes[i + 2], holes[i + 3] =
      fill(cx, holes[i], holes[i + 1], holes[i + 2], holes[i + 3], place)
  end
end

--- A link's target with its placeholders filled, which stand in it as their number between two marks.
local function fill_link(link, holes)
  if not holes or not find(link, "\u{F8FE}", 1, true) then return link end
  return (gsub(link, "\u{F8FE}(%d+)\u{F8FF}", function(number) return holes[tonumber(number) * 4 - 3] end))
end

--- The style of a marked-up run in a text of the style `name` with `over`, whose token is `token`; `span` holds the
--- attributes that it has.
local function styled(cx, name, over, token, look, span, place)
  local kept = cx.looks[token]
  if not kept then
    kept = {}
    cx.looks[token] = kept
  end
  local key = span and (look & 31) .. span or look & 31
  local style = kept[key]
  if style then return style, kept[style] end
  local changed = {}
  for property, value in next, over or NONE do changed[property] = value end
  local has_color
  if span then has_color = require("briefpress.inline_span").apply(cx, changed, span, token.size, place) end
  if look & STRONG ~= 0 then changed.weight = (token.weight or 400) >= 600 and 700 or 600 end
  if look & EMPHASIS ~= 0 then changed.italic = not token.italic end
  if look & CODE ~= 0 then changed.font, changed.size, changed.leading = "mono", token.size * 0.92, token.leading end
  if look & LINK ~= 0 and not has_color then changed.color = "accent" end
  local own
  style, own = cx:style(name, changed)
  if span then contrast.check(cx, own, place) end
  kept[key], kept[style] = style, own
  return style, own
end

--- The spans of a text in a style of the theme.
---@param cx briefpress.Context
---@param text string|table         Or one that was taken apart: a block of `engine.text.markdown`.
---@param name string               Style of the theme.
---@param over? table               Overrides of the style.
---@param place? string             Blamed for what is wrong in the text.
---@param holder? table             Gets the images of the text, as its `images`, and its marks of the index; nil: there
---  are none.
---@return engine.Span[] spans
---@return table token              The style's token.
function M.spans(cx, text, name, over, place, holder)
  local style, token = cx:style(name, over)
  contrast.check(cx, token, place)
  local plain, holes, attributes
  local runs = text.runs -- A string has none.
  if runs then
    holes, attributes = require("briefpress.inline_taken").fill(cx, text, fill, place), text.spans
  else
    plain, runs, holes, attributes = take_apart(text)
  end
  local caps = token.caps
  if plain then
    local span = { style = style, text = plain }
    if caps and plain ~= "" then return require("briefpress.inline_forms").add(cx, {}, span, token, 0), token end
    return { span }, token
  end
  if holes and not text.runs then fill_all(cx, holes, place) end
  local spans, count = { nil, nil, nil, nil }, 0 -- With room, so that most never grow.
  for i = 1, #runs, 3 do
    local content, look, link = runs[i], runs[i + 1], runs[i + 2] or nil
    local set, own, mark, formed = style, token, nil, caps
    if look & STYLED ~= 0 then
      set, own = styled(cx, name, over, token, look & STYLED, attributes and attributes[look // SPAN], place)
      formed = own.caps or look & SCRIPT ~= 0
    end
    local image
    if look & IMAGE ~= 0 then
      if cx.is_plain then
        link = nil
      elseif holder and not holder.has_no_images then
        content, image, link = "", i, nil
      else
        options.fail(('"%s": an image may stand in b.text, not in this text; use b.image'):format(link), place)
      end
    end
    if link then link = not cx.is_furniture and fill_link(link, holes) or nil end
    local source
    if look & PLACEHOLDER ~= 0 then
      link, mark, source = link or holes[content + 2], holes[content + 1], holes[content + 3]
      content = holes[content]
    end
    if content ~= "" then
      local span = { style = set, text = content, mark = mark, link = link }
      if look & CODE ~= 0 then span.tag = "Code" elseif link and byte(link) == HASH then span.tag = "Reference" end
      if look >= SPAN then require("briefpress.inline_span").say(span, attributes[look // SPAN]) end
      if formed then
        require("briefpress.inline_forms").add(cx, spans, span, own, look & SCRIPT)
        count = #spans
      else
        count = count + 1
        spans[count] = span
      end
    end
    if image and look & GOES_ON == 0 then
      count = count + 1
      spans[count] = require("briefpress.inline_image").from_runs(cx, holder, runs, image, set, token, place)
    end
    if source and not cx.is_plain then
      if type(source) == "table" then
        if source.path then
          if holder then require("briefpress.index_mark").note(cx, holder, spans, source) end
        else
          require("briefpress.footnote").add(cx, spans, source, set, own, holder, text, place)
        end
      else
        require("briefpress.source_mark").add(cx, spans, source, { style = set, link = link }, own)
      end
      count = #spans
    end
  end
  if count == 0 then spans[1] = { style = style, text = "" } end
  if holder and holder.index then require("briefpress.index_mark").attach(spans, holder.index) end
  return spans, token
end

local escapes = { ["{"] = "{{", ["}"] = "}}" }
for char in ("\\*_`[]<>&!~^"):gmatch "." do escapes[char] = "\\" .. char end

--- Text of the data as inline text that prints literally.
---@param text string
---@return string
function M.escape(text)
  return (gsub(text, "%p", escapes)) -- A class is found faster than a set; what is no key stays.
end

--- The text without any markup: for bookmarks, the contents and alternative texts.
---@return string
function M.plain(cx, text, name, place)
  cx.is_plain = true -- Marks of sources are left out.
  local spans = M.spans(cx, text, name or "body", nil, place)
  cx.is_plain = false
  local whole = spans[1].text
  for i = 2, #spans do whole = whole .. spans[i].text end
  return find(whole, "\n", 1, true) and (gsub(whole, "\n", " ")) or whole
end

--- True where laying the text out needs page numbers.
function M.needs_pages(text)
  return find(text, "{page:", 1, true) ~= nil
end

return M
