-- Themes, whole and in few words, and the library's own words.
local t = require "luatest"
local b = require "briefpress"
local contrast = require "briefpress.contrast"
local plain = require "themes.plain"
local themes = require "briefpress.theme"

--- Text colours on paper, on the soft ground of callouts and zebra, and words on the accent.
local function is_readable(theme)
  for name, token in pairs(theme.type) do
    local color = theme.colors[token.color or "text"]
    if token.size and color and token.color ~= "on_accent" then
      t.truthy(contrast.ratio(color, theme.colors.paper) >= 4.5, name)
    end
  end
  t.truthy(contrast.ratio(theme.colors.text, theme.colors.accent_soft) >= 4.5, "text on accent_soft")
  t.truthy(contrast.ratio(theme.colors.on_accent, theme.colors.accent) >= 4.5, "on_accent")
end

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
  for _, shipped in ipairs(require("briefpress.theme_short").shipped) do
    t.it("can be read: the text colours of " .. shipped .. " have contrast enough", function()
      is_readable(require("themes." .. shipped))
    end)
  end
  t.it("has all of the plain one's tokens, whichever ships", function()
    for _, shipped in ipairs(require("briefpress.theme_short").shipped) do
      for room, tokens in pairs { colors = plain.colors, fonts = plain.fonts, type = plain.type, space = plain.space } do
        for name in pairs(tokens) do t.truthy(require("themes." .. shipped)[room][name], shipped .. ": " .. name) end
      end
    end
  end)
end)

t.describe("a theme in few words", function()
  t.it("is made from a name and an accent: tints, series and words on them follow", function()
    local theme = b.theme { base = "etown", accent = "#7a1f3d" }
    local etown = require "themes.etown"
    t.equal({ theme.colors.accent, theme.colors.ink, theme.colors.series[1] }, { "#7a1f3d", etown.colors.ink, "#7a1f3d" })
    t.truthy(theme.colors.accent_soft ~= etown.colors.accent_soft)
    t.equal(theme.type.h1.size, etown.type.h1.size)
    is_readable(theme)
  end)
  t.it("is readable whatever its colours: paper and accent of every hue", function()
    for _, paper in ipairs { "#ffffff", "#fff8e7", "#10202e", "#2b0a1a", "#123b2a" } do
      for _, accent in ipairs { "#7a1f3d", "#ffb84d", "#2f6fdb", "#3a7d44" } do
        local theme = b.theme { paper = paper, accent = accent }
        for _, name in ipairs { "ink", "text", "muted" } do
          t.truthy(contrast.ratio(theme.colors[name], paper) >= 4.5, name .. " on " .. paper)
        end
        for i, color in ipairs(theme.colors.series) do
          local on = math.max(contrast.ratio(color, theme.colors.on_accent), contrast.ratio(color, theme.colors.ink))
          if i > 1 then t.truthy(on >= 4.5, ("series.%d of %s on %s"):format(i, accent, paper)) end
        end
        t.truthy(contrast.ratio(theme.colors.text, theme.colors.accent_soft) >= 4.5, "text on accent_soft")
      end
    end
  end)
  t.it("has fonts that go before those of its base", function()
    local theme = b.theme { font = "DejaVu Sans", heading_font = { "Inter" } }
    t.equal(theme.fonts.body, { "DejaVu Sans", "Inter", "Noto Sans CJK SC" })
    t.equal(theme.fonts.heading[1], "Inter")
    t.equal(theme.fonts.mono, plain.fonts.mono)
  end)
  t.it("has a size that all others follow, in each language", function()
    local theme = b.theme { size = 12 }
    t.equal({ theme.type.body.size, theme.type.body.leading }, { 12.0, 18.0 })
    t.near(theme.type.h1.size, plain.type.h1.size * 1.2, 0.03)
    t.near(theme.languages.zh.type.body.leading, plain.languages.zh.type.body.leading * 1.2, 0.03)
    t.near(theme.space.block, plain.space.block * 1.2, 0.03)
  end)
  t.it("lets what a theme says itself come over what follows", function()
    local theme = b.theme("plain", { accent = "#7a1f3d", colors = { accent_soft = "#eeeeee" }, type = { h1 = { size = 40 } } })
    t.equal({ theme.colors.accent_soft, theme.type.h1.size, theme.type.h1.weight }, { "#eeeeee", 40, 600 })
    t.equal(plain.colors.accent_soft == "#eeeeee", false)
  end)
  t.it("is refused where it cannot be", function()
    local function theme_of(given)
      return function()
        local theme = b.theme(given)
        return theme
      end
    end
    t.raises('theme: no theme "plian"; did you mean "plain"?', theme_of "plian")
    t.raises('theme: base: no theme "dark"; there are "etown", "plain", "slides"', theme_of { base = "dark" })
    t.raises('theme: no option "acent"; did you mean "accent"?', theme_of { acent = "#123456", base = "plain" })
    t.raises('theme: accent must be a colour', theme_of { accent = "#12" })
    t.raises('theme: accent must be written as "#rrggbb", got "ink"', theme_of { accent = "ink" })
    t.raises("ink #eeeeee cannot be read on the paper #ffffff", theme_of { ink = "#eeeeee" })
    t.raises("theme: size must be above 0", theme_of { size = 0 })
    t.raises("theme must be a theme or its name", theme_of(7))
  end)
  t.it("is the plain one where it says changes alone", function()
    local theme = themes.of({ type = { body = { size = 12 } } }, "report: theme")
    t.equal(theme.type.body.size, 12)
    t.equal(theme.colors.ink, plain.colors.ink)
    t.equal(plain.type.body.size ~= 12, true)
  end)
  t.it("is what a report takes too", function()
    local report = b.report { title = "x", theme = { base = "slides", accent = "#5fd0b1" }, b.text "x" }
    t.equal({ report.theme.colors.accent, report.theme.page.paper[1] }, { "#5fd0b1", 960 })
    t.equal(b.report({ title = "x", theme = "slides", b.text "x" }).theme.name, "slides")
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
