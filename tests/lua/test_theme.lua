-- Themes, the library's own words, and contrast.
local t = require "luatest"
local b = require "briefpress"
local contrast = require "briefpress.contrast"
local plain = require "themes.plain"
local themes = require "briefpress.theme"

t.describe("a theme", function()
  t.it("merges deeply and leaves its base as it was", function()
    local theme = b.theme(plain, { colors = { accent = "#123456" }, type = { body = { size = 11 } } })
    t.equal({ theme.colors.accent, theme.colors.ink, theme.type.body.size }, { "#123456", plain.colors.ink, 11 })
    t.equal(theme.type.body.leading, plain.type.body.leading)
    t.truthy(plain.type.body.size ~= 11 and plain.colors.accent ~= "#123456")
  end)
  t.it("replaces lists whole", function()
    t.equal(b.theme(plain, { colors = { series = { "#000000" } } }).colors.series, { "#000000" })
  end)
  t.it("refuses what no theme has", function()
    t.raises('theme: no option "colours"; did you mean "colors"?', function()
      local theme = b.theme(plain, { colours = {} })
      return theme
    end)
  end)
  t.it("has changes for a language", function()
    t.equal(themes.resolve(plain, "zh-Hans").type.body.align, "justify")
    t.equal(themes.resolve(plain, "en").type.body.align, nil)
  end)
  t.it("can be read: its text colours have contrast enough", function()
    for name, token in pairs(plain.type) do
      local color = plain.colors[token.color or "text"]
      t.truthy(contrast.ratio(color, plain.colors.paper) >= 4.5, name)
    end
    t.truthy(contrast.ratio(plain.colors.on_accent, plain.colors.accent) >= 4.5)
  end)
end)

t.describe("contrast", function()
  t.it("runs from 1 to 21", function()
    t.near(contrast.ratio("#000000", "#ffffff"), 21)
    t.near(contrast.ratio("#fff", "#ffffff"), 1)
    t.near(contrast.ratio("#777777", "#ffffff"), 4.478, 0.01)
  end)
end)

t.describe("phrases", function()
  t.it("fill in their values", function()
    t.equal(b.phrase("page_of", { number = 2, count = 1748 }), "Page 2 of 1,748")
    t.equal(b.phrase("source", { text = "{x}" }), "Source: {x}")
  end)
  t.it("are the same in all languages", function()
    local english, chinese = require "briefpress.phrases.en", require "briefpress.phrases.zh"
    for name in pairs(english) do t.truthy(chinese[name], name .. " in Chinese") end
    for name in pairs(chinese) do t.truthy(english[name], name .. " in English") end
  end)
  t.it("suggest the nearest name", function()
    t.raises('no phrase "sorce"; did you mean "source"?', b.phrase, "sorce")
  end)
end)
