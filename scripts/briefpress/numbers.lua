--- Numbers of headings and parts as a pattern says them: "1.1", "I", "(a)", "第一章". A pattern holds counters, each
--- one of 1 I i A a 一 that stands alone, and words around them: the last counter is that of the heading itself, the
--- one before it that of the level above, and so on.
local options = require "briefpress.options"

local M = {}

local roman = { { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" }, { 50, "L" },
  { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" } }

local function to_roman(n)
  local text = ""
  for _, step in ipairs(roman) do
    while n >= step[1] do
      n, text = n - step[1], text .. step[2]
    end
  end
  return text
end

--- A to Z, then AA, AB.
local function to_letters(n)
  local text = ""
  while n > 0 do
    text = string.char(65 + (n - 1) % 26) .. text
    n = (n - 1) // 26
  end
  return text
end

local digits = { [0] = "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" }

--- Up to 9,999, as headings count: 十一, 二十, 一百零五.
local function to_chinese(n)
  if n >= 10 and n < 20 then return "十" .. (n > 10 and digits[n - 10] or "") end
  local text, gap = "", false
  for _, step in ipairs { { 1000, "千" }, { 100, "百" }, { 10, "十" }, { 1, "" } } do
    local digit = n // step[1] % 10
    if digit > 0 then
      text = text .. (gap and text ~= "" and digits[0] or "") .. digits[digit] .. step[2]
    end
    gap = digit == 0 and text ~= ""
  end
  return text
end

local makers = {
  ["1"] = tostring,
  ["I"] = to_roman,
  ["i"] = function(n) return to_roman(n):lower() end,
  ["A"] = to_letters,
  ["a"] = function(n) return to_letters(n):lower() end,
  ["一"] = to_chinese,
}

--- A counter in one of the ways that patterns know.
---@param n integer
---@param way "1"|"I"|"i"|"A"|"a"|"一"
---@return string
function M.say(n, way)
  return makers[way](n)
end

local taken = {} -- Patterns by their text.

--- Takes a pattern apart: literals at odd places, counters at even ones.
---@param pattern string
---@param place? string
---@return string[]
function M.pattern(pattern, place)
  local parts = taken[pattern]
  if parts then return parts end
  parts = { "" }
  local before = ""
  for at, c in utf8.codes(pattern) do
    local char = utf8.char(c)
    local behind = pattern:sub(at + #char, at + #char)
    local is_inside = char:find "^%w$" and (before:find "^%w$" or behind:find "^%w$")
    if makers[char] and not is_inside then
      parts[#parts + 1], parts[#parts + 2] = char, ""
    else
      parts[#parts] = parts[#parts] .. char
    end
    before = char
  end
  if #parts == 1 then
    options.fail(('"%s" numbers nothing; a pattern has one of 1 I i A a 一 in it, as "1.1" or "(a)"'):format(pattern),
      place)
  end
  taken[pattern] = parts
  return parts
end

--- The number that a pattern makes of counters.
---@param pattern string
---@param counters integer[]         By level.
---@param level integer              Of the heading.
---@param first? string              Says the counter of level 1 otherwise: that of appendices.
---@param place? string
---@return string
function M.make(pattern, counters, level, first, place)
  local parts = M.pattern(pattern, place)
  local count = #parts // 2
  if count > level then
    options.fail(('"%s" has %d counters; a heading of level %d has %d'):format(pattern, count, level, level), place)
  end
  local text = parts[1]
  for i = 1, count do
    local at = level - count + i
    local way = at == 1 and first or parts[2 * i]
    text = text .. makers[way](counters[at] or 1) .. parts[2 * i + 1]
  end
  return text
end

return M
