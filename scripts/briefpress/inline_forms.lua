--- Letters that stand above or below the line, and small capitals: real ones where the font has them for all of a run's
--- characters, else scaled ones by the font's own numbers. None of them moves a line.
local engine = require "briefpress.engine"
local has_forms, ink, metrics, upper = engine.text.has_forms, engine.text.ink, engine.text.metrics, engine.text.upper

local M = {}

local RAISED = 64 -- As the engine says how a run looks; else it is lowered.
local SMALL = 1.06 -- Height of scaled small capitals, in heights of an "x".

--- A style with a feature more.
local function with_feature(cx, token, feature)
  return cx:derive(token, feature, function()
    return { features = token.features and token.features .. "," .. feature or feature }
  end)
end

--- Adds figures with a point or comma in real forms, which no font has for the marks: those are scaled to the figures
--- beside them and stand on their line. False, and nothing added, where the text is something else.
local function add_decimals(cx, spans, span, token, is_raised)
  if span.text:find "[^%d.,]" or not (span.text:find "%d" and span.text:find "[.,]") then return false end
  local feature = is_raised and "sups" or "subs"
  local real = with_feature(cx, token, feature)
  if not has_forms(span.style, real, span.text:gsub("[.,]", "") .. "0") then return false end
  local mark = cx:derive(token, feature .. " mark", function()
    local bottom, top = ink(span.style, "0")
    local low, high = ink(real, "0")
    local scale = (high - low) / (top - bottom)
    return { size = token.size * scale, rise = (token.rise or 0) + low - bottom * scale }
  end)
  for digits, marks in span.text:gmatch "(%d*)([.,]*)" do
    for i, text in ipairs { digits, marks } do
      if text ~= "" then
        spans[#spans + 1] = { text = text, style = i == 1 and real or mark, mark = span.mark, link = span.link,
          tag = span.tag }
      end
    end
  end
  spans[#spans].note = span.note
  return true
end

--- The style of raised or lowered text.
local function script_style(cx, style, token, text, is_raised)
  local real = with_feature(cx, token, is_raised and "sups" or "subs")
  if has_forms(style, real, text) then return real end
  return cx:derive(token, is_raised and "raised" or "lowered", function()
    local m, rise = metrics(style), token.rise or 0
    if is_raised then return { size = m.superscript_size, rise = rise + m.superscript_rise } end
    return { size = m.subscript_size, rise = rise - m.subscript_drop }
  end)
end

M.script = script_style

--- True of marks that stand on the letter before them.
local function is_combining(c)
  return (c >= 0x300 and c <= 0x36F) or (c >= 0x1AB0 and c <= 0x1AFF) or (c >= 0x1DC0 and c <= 0x1DFF)
    or (c >= 0xFE00 and c <= 0xFE0F) or c == 0x200D
end

--- The parts of a text in turn: what has capitals, and what has none; each with the first said by true.
local function parts_of(text, language)
  local parts, count, was_small = {}, 0, nil
  for _, c in utf8.codes(text) do
    local char = utf8.char(c)
    local is_small
    if is_combining(c) then is_small = was_small or false else is_small = upper(char, language) ~= char end
    if is_small ~= was_small then
      count = count + 1
      parts[count], was_small = { "", is_small }, is_small
    end
    parts[count][1] = parts[count][1] .. char
  end
  return parts
end

local function add_small(cx, spans, span, token)
  local language = token.language or cx.language
  local parts = parts_of(span.text, language)
  local real, has_all = with_feature(cx, token, "smcp"), true
  for _, part in ipairs(parts) do has_all = has_all and (not part[2] or has_forms(span.style, real, part[1])) end
  if has_all then
    span.style = real
    spans[#spans + 1] = span
    return
  end
  local small = cx:derive(token, "small", function()
    local m = metrics(span.style)
    return { size = token.size * math.min(1, SMALL * m.x_height / m.cap_height) }
  end)
  for _, part in ipairs(parts) do
    local is_small = part[2]
    spans[#spans + 1] = { text = is_small and upper(part[1], language) or part[1],
      style = is_small and small or span.style, mark = span.mark, link = span.link, tag = span.tag }
  end
  spans[#spans].note = span.note
end

--- Adds a span of raised, lowered or capital letters to a list.
---@param cx briefpress.Context
---@param spans engine.Span[]
---@param span engine.Span
---@param token table                Of its style.
---@param script integer             64: raised, 128: lowered, 0: on the line.
---@return engine.Span[] spans
function M.add(cx, spans, span, token, script)
  if script ~= 0 then
    if add_decimals(cx, spans, span, token, script == RAISED) then return spans end
    span.style = script_style(cx, span.style, token, span.text, script == RAISED)
    spans[#spans + 1] = span
  elseif token.caps == "small" then
    add_small(cx, spans, span, token)
  else
    span.text = upper(span.text, token.language or cx.language)
    spans[#spans + 1] = span
  end
  return spans
end

return M
