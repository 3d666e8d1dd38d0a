--- What texts say: the words and targets of links, and letters that their language does not have.
local engine = require "briefpress.engine"
local findings = require "briefpress.check.findings"
local languages = require "briefpress.check.languages"
local scripts = require "briefpress.check.scripts"
local sorted = require "briefpress.sorted"
local words = require "briefpress.check.words"

local quote, upper = findings.quote, engine.text.upper

local M = {}

local ADDRESS_MOST = 40 -- Letters of an address that may be the text of a link: longer ones are spelled by the minute.
local LATIN_MOST = 8    -- Words in Latin letters from which on they are more than the name of an organisation.

-- Marks at the ends of words that say nothing.
local MARKS = { "→", "»", "›", "⟩", "▸", "…", "。", "，", "、", "：", "！", "？", "（", "）", "《", "》", "「", "」", "【", "】",
  "“", "”", "‘", "’", "↗", "\u{A0}", "\u{3000}", "&" }

--- A text as it is compared: without marks, in capitals.
---@param text string
---@return string
function M.bare(text)
  for _, mark in ipairs(MARKS) do text = text:gsub(mark, " ") end
  text = text:gsub("%s+", " "):gsub("^[%s%p]+", ""):gsub("[%s%p]+$", "")
  return (upper(text, "en"))
end

local sets = {} -- Lists of words as sets, by list and language.

--- True where a text is one of the words that say nothing, in its language or in English.
---@param list "links"|"alternatives"
---@param bare string                As `bare` answers.
---@param language string
function M.is_empty_word(list, bare, language)
  for _, name in ipairs { "en", "zh", language:lower():match "^%a+" } do
    local key = list .. name
    if not sets[key] then
      sets[key] = {}
      for _, word in ipairs(words[list][name] or {}) do sets[key][M.bare(word)] = true end
    end
    if sets[key][bare] then return true end
  end
  return false
end

-- Links -----------------------------------------------------------------------------------------------------------

--- True of links that the library makes, of marks of notes and sources.
local function is_own(link)
  return link:find "^#note%-" or link:find "^#noted%-" or link:find "^#source:"
end

local function look_at_link(watch, link, text, language, place)
  if not text:find "%S" then return end
  local add = watch.findings
  local bare = M.bare(text)
  if M.is_empty_word("links", bare, language) then
    add:add("link_words", place, ("the link text %s does not say where it leads; write [words that name the "
      .. "target](%s)"):format(quote(text), link), text)
  elseif text:find "^%s*https?://" or text:find "^%s*www%." then
    local count = utf8.len(text) or #text
    if count > ADDRESS_MOST then
      add:add("link_address", place, ("the link text is an address of %d characters, which a screen reader spells; "
        .. "write [words that name the target](%s)"):format(count, link), text)
    end
  elseif link:find "^%a+:" and bare ~= "" then
    local known = watch.targets[bare]
    if not known then
      watch.targets[bare] = { link = link, place = place }
    elseif known.link ~= link then
      local there = known.place == place and "in the same text" or "at " .. known.place
      add:add("link_targets", place, ("the link text %s leads to %s here, and to %s %s; say how the two differ")
        :format(quote(text), link, known.link, there), text)
    end
  end
end

--- The links among the spans of a text; what is marked up within a link is part of its words.
local function look_at_links(watch, spans, place)
  local i, count = 1, #spans
  while i <= count do
    local span = spans[i]
    local link = span.link
    i = i + 1
    if link and not is_own(link) then
      local text = span.text or ""
      while i <= count and spans[i].link == link do
        text = text .. (spans[i].text or "\u{FFFC}")
        i = i + 1
      end
      if not span.text then text = "\u{FFFC}" .. text end -- An image, which has a text of its own.
      look_at_link(watch, link, text, span.style.language, place)
    end
  end
end

-- Languages -------------------------------------------------------------------------------------------------------

--- A language that there is.
---@param watch table
---@param language string
---@param place? string
function M.language(watch, language, place)
  local judged = watch.languages[language]
  if judged == nil then
    judged = { languages.judge(language) }
    watch.languages[language] = judged
  end
  if judged[1] then
    if language == watch.language then place = watch.home end
    watch.findings:add("language", place, ('the language "%s" %s; %s'):format(language, judged[1], judged[2]))
  end
  return judged[1] == nil
end

--- What the data's sources are called: in the language they have, whatever the report's.
---@param data engine.Data
---@return string
function M.cited(data)
  local parts = {}
  for _, source in ipairs(data.sources or {}) do
    parts[#parts + 1] = source.title
    parts[#parts + 1] = source.publisher
  end
  return table.concat(parts, "\n")
end

--- A text in a language: letters that the language does not have.
---@param watch table
---@param language string
---@param text string
---@param place? string
---@param is_plain? boolean          No markup can stand in it.
---@return table<string, integer> counts  Letters by script.
function M.text(watch, language, text, place, is_plain)
  local counts, rows = scripts.count(text)
  local own
  for script, row in sorted.pairs(rows) do
    own = own or scripts.of(language)
    if watch.cited:find(row:gsub(" $", ""), 1, true) then
      counts[script] = nil
    elseif not own[script] then
      local name, likely = table.unpack(scripts.names[script])
      watch.findings:add(language == watch.language and "letters " .. script or "letters", place,
        ('%s in a text of the language "%s": %s is not spoken; say language = "%s" for the block%s'):format(name,
          language, quote(row), likely, is_plain and " or the column"
            or (", or [words]{language=%s} in the text"):format(likely)), row)
    end
  end
  if language == watch.language then
    local sums = watch.letters
    for script, count in next, counts do sums[script] = (sums[script] or 0) + count end
  end
  return counts
end

--- Sentences in Latin letters in a text of a language that has others: each name of an organisation is not meant.
local function look_at_latin(watch, spans, counts_of, language, place)
  local own = scripts.of(language)
  if next(own) == nil or own.Latin then return end
  for script in next, own do
    if counts_of[script] then return end
  end
  local text = ""
  for i = 1, #spans do text = text .. (spans[i].text or " ") end
  local _, count = text:gsub("%f[%a]%l%a+", "")
  if count >= LATIN_MOST then
    watch.findings:add("letters", place, ('a text in Latin letters in the language "%s": %s; say its language, as '
      .. 'language = "en"'):format(language, quote(text)), text)
  end
end

--- The spans of a text.
---@param watch table
---@param spans engine.Span[]
---@param token table                Of the text's style.
---@param place? string
---@param is_data? boolean           The library prints words of the data, whose language the layout cannot change.
function M.spans(watch, spans, token, place, is_data)
  local language = token.language or watch.language
  local all = {}
  for i = 1, #spans do
    local span = spans[i]
    local text = span.text
    if text and text ~= "" then
      local own = span.style.language
      if M.language(watch, own, place) and not is_data then
        local counts = M.text(watch, own, text, place)
        for script, count in next, counts do all[script] = (all[script] or 0) + count end
      end
    end
  end
  if not is_data then look_at_latin(watch, spans, all, language, place) end
  look_at_links(watch, spans, place)
end

return M
