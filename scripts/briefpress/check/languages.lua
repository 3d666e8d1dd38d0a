--- Tags of languages (BCP 47): whether one is well made, and names a language that there is.
local M = {}

-- ISO 639-1. Languages of three letters are too many to list: they are taken as they are.
local known = {}
for code in ("aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
  .. "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
  .. "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
  .. "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
  .. "rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
  .. "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"):gmatch "%a%a" do
  known[code] = true
end

-- What is taken for languages: codes of countries that are no languages themselves, codes that were, and those of three
-- letters that have a shorter one.
local meant = { cn = "zh", jp = "ja", gr = "el", cz = "cs", dk = "da", ua = "uk", gb = "en", us = "en", hk = "zh-Hant",
  at = "de", by = "be", iw = "he", ji = "yi", eng = "en", chi = "zh", zho = "zh", ger = "de", deu = "de", fre = "fr",
  fra = "fr", spa = "es", jpn = "ja", kor = "ko", rus = "ru", ita = "it", por = "pt", nld = "nl", ara = "ar" }

local names = { english = "en", chinese = "zh", mandarin = "zh", german = "de", deutsch = "de", french = "fr",
  francais = "fr", spanish = "es", espanol = "es", italian = "it", italiano = "it", portugues = "pt",
  portuguese = "pt", russian = "ru", japanese = "ja", korean = "ko", arabic = "ar", dutch = "nl", polish = "pl",
  greek = "el", hebrew = "he", hindi = "hi" }

local LIKE = 'a tag as "en", "zh" or "pt-BR"'

--- What is wrong with a tag, and what is likely meant; nil where nothing is.
---@param tag string
---@return string? wrong             "is no language".
---@return string? remedy            'write "zh"'.
function M.judge(tag)
  local primary, rest = tag:lower():match "^(%a*)(.*)$"
  if tag:find "_" then
    return "is no tag of a language: its parts are joined by hyphens", ('write "%s"'):format((tag:gsub("_", "-")))
  end
  local code = meant[primary] or names[primary]
  if code and rest:find "^%-?$" or code and rest:find "^%-" then
    local why = #primary == 2 and "is a country, no language" or "is no tag of a language"
    return why, ('write "%s"'):format(code .. rest)
  end
  local count = #primary
  if count < 2 or count == 4 or count > 8 or (count == 2 and not known[primary]) then return "is no language", LIKE end
  local is_made_well = rest == "" or rest:find "^%-%w" and not rest:find "%-%-" and not rest:find "[^%w%-]"
    and not rest:find "%-$"
  if not is_made_well then
    return "is no tag of a language", LIKE
  end
  for part in rest:gmatch "[^-]+" do
    if #part > 8 then return "is no tag of a language", LIKE end
  end
end

return M
