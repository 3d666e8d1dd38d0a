-- What check knows of words, languages, scripts and the order of reading.
local t = require "luatest"
local blocks = require "briefpress.check.blocks"
local findings = require "briefpress.check.findings"
local languages = require "briefpress.check.languages"
local order = require "briefpress.check.order"
local scripts = require "briefpress.check.scripts"
local texts = require "briefpress.check.texts"
local words = require "briefpress.check.words"

t.describe("alternative texts", function()
  t.it("that say nothing are told apart from those that do", function()
    for text, part in next, {
      [""] = "no alternative text", ["  "] = "no alternative text", ["chart_final2.PNG"] = "name of a file",
      ["IMG_0042"] = "name of a file", ["DSC01234"] = "name of a file", ["bar_chart_new"] = "name of a file",
      ["photo"] = "says only", ["Photo 3."] = "says only", ["(Chart)"] = "says only", ["图 1"] = "says only",
      ["Alt text"] = "says only", ["ab"] = "too short", ["?"] = "too short", ["图x"] = false, ["码头"] = false,
      ["The quay"] = false, ["Map"] = false, ["Figure of a sailor"] = false, ["Image of the harbour at dawn"] = false,
      ["CO2 by year"] = false, ["340 ships"] = false, ["v1.2 of the plan"] = false, ["2024"] = false, ["A-10"] = false,
      ["Report.pdf as it looks on a phone"] = false,
    } do
      local wrong = blocks.judge_alternative(text, "en")
      if part then t.contains(wrong, part) else t.equal({ text, wrong }, { text }) end
    end
    t.contains(blocks.judge_alternative(nil, "en"), "no alternative text")
    t.contains(blocks.judge_alternative("Abbildung 2", "de-AT"), "says only")
    t.equal(blocks.judge_alternative("Abbildung 2", "en"), nil)
  end)
end)

t.describe("words that say nothing", function()
  t.it("are compared without marks and case", function()
    for _, word in ipairs { "here", " Here! ", "HERE »", "“here”", "[here]", "Read  more …", "此处", "（点击此处）", "Click here." } do
      t.truthy(texts.is_empty_word("links", texts.bare(word), "en"), word)
    end
    for _, word in ipairs { "here we are", "the portal", "more ships", "此处的港口", "", "→" } do
      t.truthy(not texts.is_empty_word("links", texts.bare(word), "en"), word)
    end
  end)
  t.it("are those of the text's language, English and Chinese", function()
    t.truthy(texts.is_empty_word("links", texts.bare "Hier", "de"))
    t.truthy(texts.is_empty_word("links", texts.bare "ЗДЕСЬ", "ru"))
    t.truthy(not texts.is_empty_word("links", texts.bare "Hier", "en"))
    t.truthy(texts.is_empty_word("links", texts.bare "here", "fr"))
  end)
  t.it("are listed once each", function()
    for _, list in next, words do
      for language, all in next, list do
        local seen = {}
        for _, word in ipairs(all) do
          local bare = texts.bare(word)
          t.truthy(bare ~= "" and not seen[bare], language .. ": " .. word)
          seen[bare] = true
        end
      end
    end
  end)
end)

t.describe("languages", function()
  t.it("are known by their tags", function()
    for _, tag in ipairs { "en", "EN", "zh", "zh-Hans", "zh-Hant-HK", "pt-BR", "sr-Latn", "de-CH-1901", "haw", "yue",
      "es-419", "en-x-plain", "se", "ch" } do
      t.equal({ tag, languages.judge(tag) }, { tag })
    end
    for tag, remedy in next, { cn = '"zh"', jp = '"ja"', ["cn-CN"] = '"zh-cn"', zh_CN = '"zh-CN"', chi = '"zh"',
      english = '"en"', Deutsch = '"de"', xq = '"en", "zh"', e = '"en"', ["en-"] = '"en"', ["en--US"] = '"en"',
      ["en US"] = '"en"', ["en-toolongapart"] = '"en"', [""] = '"en"' } do
      local wrong, said = languages.judge(tag)
      t.truthy(wrong, tag)
      t.contains(said, remedy)
    end
  end)
  t.it("have their scripts, beside Latin", function()
    t.equal(scripts.of "en", {})
    t.equal(scripts.of "zh-Hans-CN", { Han = true })
    t.equal(scripts.of "ja", { Han = true, Kana = true })
    t.equal(scripts.of "sr-Latn", {})
    t.equal(scripts.of "uz-Cyrl", { Cyrillic = true })
    t.equal(scripts.of "ru", { Cyrillic = true })
  end)
end)

t.describe("the scripts of a text", function()
  t.it("are counted, and what stands in a row is found", function()
    local counts, rows = scripts.count "The quay 码头 of Надежда, λ and 3 μs"
    t.equal(counts, { Latin = 13, Han = 2, Cyrillic = 7, Greek = 1 })
    t.equal(rows, { Han = "码头 ", Cyrillic = "Надежда" })
    t.equal({ scripts.count "Łódź, café – “x” 100 %" }, { { Latin = 5 }, {} })
    t.equal(select(2, scripts.count "η λίμνη"), { Greek = "η λίμνη" })
    t.equal(select(2, scripts.count "Δx, Σy, π, Ω"), {})
    t.equal(select(2, scripts.count "トン"), { Kana = "トン" })
  end)
end)

--- What is told of boxes of words, in the order in which they are read: { left, top, right, bottom, group }.
local function told(...)
  local list = {}
  for i, box in ipairs { ... } do
    list[i] = { box[1], box[2], box[3], box[4], group = box[5], place = "w" .. i }
  end
  local all = {}
  order.look({ called = {}, saw_order = function(_, group, place, is_behind)
    all[#all + 1] = group.name .. (is_behind and ": behind " or ": before ") .. place
  end }, list)
  return all
end

t.describe("the order of reading", function()
  local a, b, c = { name = "a", place = "1" }, { name = "b", place = "2" }, { name = "c", place = "3" }
  local first, second = { 0, 0, 100, 20 }, { 0, 30, 100, 50 }
  t.it("is wrong where what is placed stands above what is read before it", function()
    t.equal(told(first, second, { 0, 60, 100, 80, a }), {})
    t.equal(told(second, { 0, 0, 100, 20, a }), { "a: behind w1" })
    t.equal(told(second, { 0, 0, 100, 20, a }, { 0, -20, 100, -5, a }), { "a: behind w1" })
    t.equal(told({ 0, 60, 100, 80, a }, first), { "a: before w2" })
  end)
  t.it("is right beside, within a group, in the flow, and where things overlap", function()
    t.equal(told(second, { 60, 0, 200, 20, a }), {}) -- Less than half of the narrower in common.
    t.equal(told({ 0, 30, 100, 50, a }, { 0, 0, 100, 20, a }), {})
    t.equal(told(second, first), {})
    t.equal(told(second, { 0, 10, 100, 40, a }), {})
    t.equal(told(second, { 0, 0, 100, 20, false }), {})
  end)
  t.it("is right where a text of the flow is on either side: what is placed there is called there, as a float is", function()
    local third = { 0, 60, 100, 80 }
    t.equal(told(second, { 0, 0, 100, 20, a }, third), {})
    t.equal(told(first, { 0, 90, 100, 99, a }, second), {})
    t.equal(told(first, { 200, 90, 300, 99, a }, { 200, 0, 300, 20 }), { "a: before w3" }) -- The first in its column.
  end)
  t.it("is told once for each that is placed", function()
    t.equal(told(second, { 0, 0, 100, 20, a }, { 0, 10, 100, 25, b }), { "a: behind w1", "b: behind w1" })
    -- What many are at odds with is the one that stands wrong.
    t.equal(told({ 0, 90, 100, 99, a }, { 0, 0, 100, 20, b }, { 0, 30, 100, 50, c }), { "a: before w2" })
    t.equal(told({ 0, 30, 100, 50, a }, { 0, 60, 100, 80, b }, { 0, 0, 100, 20, c }), { "c: behind w1" })
  end)
end)

t.describe("findings", function()
  t.it("are one for a kind and a place, and count what else is there", function()
    testing.findings()
    local all = findings.new()
    all:add("links", "x.lua:3", "a; b", "1")
    all:add("links", "x.lua:3", "c; d", "1")
    all:add("links", "x.lua:3", "e; f", "2")
    all:add("other", "x.lua:3", "g; h")
    all:add("links", "x.lua:4", "i; j")
    all:tell { other = true }
    local said = t.show(testing.findings())
    t.contains(said, "a; b (and 1 more like it here)")
    t.contains(said, "i; j")
    t.truthy(not said:find "[cegh]; ")
  end)
  t.it("quote words short", function()
    t.equal(findings.quote " a\n b ", '"a b"')
    t.equal(findings.quote(("码"):rep(40)), '"' .. ("码"):rep(30) .. '…"')
  end)
end)
