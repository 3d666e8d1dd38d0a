-- The flagship's words: one file for each language, with the same keys, figures and $words.
local t = require "luatest"

--- The texts of a file by the path of their keys.
local function texts_of(words, path, texts)
  for key, value in pairs(words) do
    local at = path .. "/" .. tostring(key)
    if type(value) == "table" then texts_of(value, at, texts) else texts[at] = value end
  end
  return texts
end

--- What a text has filled in, sorted: ids of placeholders and $words.
local function filled(text)
  local found = {}
  for id in text:gmatch "{%s*([%w_.]+)" do found[#found + 1] = "{" .. id .. "}" end
  for word in text:gmatch "%$%l+" do found[#found + 1] = word end
  table.sort(found)
  return table.concat(found, " ")
end

t.describe("the words of the briefing", function()
  local english, chinese = texts_of(require "briefing.en", "", {}), texts_of(require "briefing.zh", "", {})
  t.it("have the same keys in both languages", function()
    local count = 0
    for path in pairs(english) do
      count = count + 1
      t.truthy(chinese[path], path .. " is missing in Chinese")
    end
    for path in pairs(chinese) do t.truthy(english[path], path .. " is missing in English") end
    t.truthy(count > 100, count .. " texts")
  end)
  t.it("say the same figures", function()
    local count = 0
    for path, text in pairs(english) do
      if filled(text) ~= "" then count = count + 1 end
      t.equal(path .. ": " .. filled(chinese[path] or ""), path .. ": " .. filled(text))
    end
    t.truthy(count > 30, count .. " texts with figures")
  end)
end)
