--- Which scripts a text is written in, and which a language uses: a screen reader speaks a text by the rules of its
--- language, and cannot say letters that the language does not have.
local M = {}

-- Of code points, in order: first, last, script. What stands in none of them is Latin or belongs to all scripts.
local ranges = {
  { 0x370, 0x3FF, "Greek" }, { 0x400, 0x52F, "Cyrillic" }, { 0x531, 0x58A, "Armenian" }, { 0x5D0, 0x5F4, "Hebrew" },
  { 0x620, 0x6FF, "Arabic" }, { 0x750, 0x77F, "Arabic" }, { 0x900, 0x97F, "Devanagari" }, { 0x980, 0x9FF, "Bengali" },
  { 0xA00, 0xA7F, "Gurmukhi" }, { 0xA80, 0xAFF, "Gujarati" }, { 0xB80, 0xBFF, "Tamil" }, { 0xC00, 0xC7F, "Telugu" },
  { 0xC80, 0xCFF, "Kannada" }, { 0xD00, 0xD7F, "Malayalam" }, { 0xD80, 0xDFF, "Sinhala" }, { 0xE01, 0xE5B, "Thai" },
  { 0xE80, 0xEFF, "Lao" }, { 0xF00, 0xFFF, "Tibetan" }, { 0x1000, 0x109F, "Myanmar" }, { 0x10A0, 0x10FF, "Georgian" },
  { 0x1100, 0x11FF, "Hangul" }, { 0x1200, 0x139F, "Ethiopic" }, { 0x1780, 0x17FF, "Khmer" },
  { 0x1F00, 0x1FFF, "Greek" }, { 0x3041, 0x30FF, "Kana" }, { 0x3400, 0x4DBF, "Han" }, { 0x4E00, 0x9FFF, "Han" },
  { 0xAC00, 0xD7A3, "Hangul" },
  { 0xF900, 0xFAFF, "Han" }, { 0x20000, 0x3FFFF, "Han" },
}

-- Letters of a script that stand alone in texts of others: names of quantities, units.
local COMMON = { [0xB5] = true, [0x3BC] = true, [0x3A9] = true, [0x3C0] = true, [0x30FB] = true, [0x30FC] = true }

-- How many letters in a row make words of it. One may be a symbol, and Greek letters often are.
local least = { Greek = 4, Han = 2, Hangul = 2, Kana = 2 }
local LEAST = 3

--- What a script is called, and the language it most likely is of.
M.names = {
  Greek = { "Greek letters", "el" }, Cyrillic = { "Cyrillic letters", "ru" }, Armenian = { "Armenian letters", "hy" },
  Hebrew = { "Hebrew letters", "he" }, Arabic = { "Arabic letters", "ar" },
  Devanagari = { "Devanagari letters", "hi" }, Bengali = { "Bengali letters", "bn" },
  Gurmukhi = { "Gurmukhi letters", "pa" }, Gujarati = { "Gujarati letters", "gu" }, Tamil = { "Tamil letters", "ta" },
  Telugu = { "Telugu letters", "te" }, Kannada = { "Kannada letters", "kn" }, Malayalam = { "Malayalam letters", "ml" },
  Sinhala = { "Sinhala letters", "si" }, Thai = { "Thai letters", "th" }, Lao = { "Lao letters", "lo" },
  Tibetan = { "Tibetan letters", "bo" }, Myanmar = { "Burmese letters", "my" }, Georgian = { "Georgian letters", "ka" },
  Hangul = { "Korean letters", "ko" }, Ethiopic = { "Ethiopic letters", "am" }, Khmer = { "Khmer letters", "km" },
  Kana = { "Japanese letters", "ja" }, Han = { "Chinese characters", "zh" }, Latin = { "Latin letters", "en" },
}

-- Languages that are written in others than Latin, with the scripts that they use.
local languages = {}
for script, list in next, {
  Cyrillic = "ru uk be bg mk sr kk ky mn tg tt ba cv ce os ab av kv", Greek = "el grc", Hebrew = "he yi",
  Arabic = "ar fa ur ps ug sd ckb ks", Devanagari = "hi mr ne sa kok mai bho", Bengali = "bn as", Gurmukhi = "pa",
  Gujarati = "gu", Tamil = "ta", Telugu = "te", Kannada = "kn", Malayalam = "ml", Sinhala = "si", Thai = "th",
  Lao = "lo", Tibetan = "bo dz", Myanmar = "my", Georgian = "ka", Ethiopic = "am ti", Khmer = "km", Armenian = "hy",
  Han = "zh yue wuu nan hak cmn lzh",
} do
  for language in list:gmatch "%S+" do languages[language] = { [script] = true } end
end
languages.ja = { Han = true, Kana = true }
languages.ko = { Hangul = true, Han = true }
languages.sr.Latin, languages.ckb.Latin = true, nil

-- Subtags that say the script.
local subtags = { latn = "Latin", cyrl = "Cyrillic", arab = "Arabic", grek = "Greek", hans = "Han", hant = "Han",
  hani = "Han", hebr = "Hebrew", deva = "Devanagari", beng = "Bengali", guru = "Gurmukhi", thai = "Thai",
  mong = "Mongolian", tibt = "Tibetan", jpan = "Han", kore = "Hangul" }

local LATIN = {}

--- The scripts of a language beside Latin; empty where it has Latin alone.
---@param language string            A tag: "zh", "sr-Latn".
---@return table<string, boolean>
function M.of(language)
  local primary, rest = language:lower():match "^(%a+)(.*)$"
  if not primary then return LATIN end
  local tag = rest:match "^%-(%a%a%a%a)%f[^%a]"
  if tag and subtags[tag] and not (primary == "ja" or primary == "ko") then
    return subtags[tag] == "Latin" and LATIN or { [subtags[tag]] = true }
  end
  return languages[primary] or LATIN
end

local function script_of(c)
  if COMMON[c] then return nil end
  local low, high = 1, #ranges
  while low <= high do
    local middle = (low + high) // 2
    local range = ranges[middle]
    if c < range[1] then high = middle - 1 elseif c > range[2] then low = middle + 1 else return range[3] end
  end
  return nil
end

--- Counts the letters of a text by script, and finds those that stand in a row.
---@param text string
---@return table<string, integer> counts
---@return table<string, string> rows  The first row of letters that is long enough to be words.
function M.count(text)
  local counts, rows = {}, {}
  local _, latin = text:gsub("%a", "")
  if latin > 0 then counts.Latin = latin end
  if not text:find "[\xC3-\xF4]" then return counts, rows end
  local script, from, length = nil, nil, 0
  local function close(to)
    if script and length >= (least[script] or LEAST) and not rows[script] then rows[script] = text:sub(from, to - 1) end
    script, length = nil, 0
  end
  for at, c in utf8.codes(text, true) do
    local own = c > 0x36F and script_of(c) or nil
    if own then
      counts[own] = (counts[own] or 0) + 1
      if own ~= script then
        close(at)
        script, from = own, at
      end
      length = length + 1
    elseif script and COMMON[c] then
      length = length + 1
    elseif not (script and c == 0x20) then
      close(at)
    end
  end
  close(#text + 1)
  return counts, rows
end

return M
