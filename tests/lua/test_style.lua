-- Styles: a name of the theme, or a table of properties over it; all that a paragraph knows can be reached.
local t = require "luatest"
local b = require "briefpress"
local Context = require "briefpress.context"
local styles = require "briefpress.style"
local plain = require "themes.plain"
local themes = require "briefpress.theme"

local function context(theme)
  return Context.new { data = {}, params = {}, language = "en-US", ledger = {}, theme = theme or plain }
end

local prose = "Accredited institutions representing international organizations are developing characteristic "
  .. "technologies, notwithstanding considerable administrative difficulties; commercialization and "
  .. "internationalization remain indispensable preconditions of sustainable regional development,"
  .. " and so we do it as well as we can. It is so."

--- The lines of a text in a style, as one text, with where each begins.
local function lines_of(style, width)
  local text = b.text { prose, style = style }
  local paragraph = text:prepare(context())
  local list = {}
  for i = 1, (paragraph:layout(width or 180)) do
    local line = paragraph:line(i)
    list[i] = ("%.2f %.2f %.3f %.4f %s"):format(line.x, line.top, line.stretch, line.letter, line.text)
  end
  return table.concat(list, "\n")
end

t.describe("a style", function()
  t.it("is a name, a table of a name and properties, or of properties alone", function()
    local cx = context()
    for _, case in ipairs { { "lead", 12.5, 19 }, { { "lead", size = 25 }, 25, 38 }, { { size = 20 }, 20, 30 },
      { { "small", leading = "2em" }, 8.5, 17 } } do
      local text = b.text { "words", style = case[1] }
      local _, token = cx:style(text.style, text.spec)
      t.equal({ token.size, token.leading }, { case[2], case[3] })
    end
  end)
  t.it("gives way to what the text says itself", function()
    local text = b.text { "words", style = { "lead", size = 25, color = "accent", space_after = 3 }, size = 7 }
    local _, token = context():style(text.style, text.spec)
    t.equal({ token.size, token.color, text.space_after }, { 7, "accent", 3 })
  end)
  t.it("is checked, with the nearest name and the layout's line", function()
    for message, style in next, {
      ['test_style.lua:55: text: style: no option "hyphenat"; did you mean "hyphenate"?'] = { hyphenat = true },
      ["text: style: tolerance must be a number from 0, got -1"] = { tolerance = -1 },
      ["text: style: hyphen_word must be a whole number from 0, got 2.5"] = { hyphen_word = 2.5 },
      ["text: style: looseness must be a whole number, got 0.5"] = { looseness = 0.5 },
      ["text: style: the name must be a string, got 5"] = { 5 },
      ["text: style takes one name"] = { "lead", "small" },
      ["text: style must be the name of a style, or a table of its properties, got true"] = true,
    } do
      t.raises(message, function() local text = b.text { "words", style = style } return text end)
    end
    t.raises('heading: no option "colour"; did you mean "color"?', function()
      local heading = b.heading { "words", colour = "accent" }
      return heading
    end)
    t.raises('table: column 1: style: no option "colour"', function()
      local rows = b.table { columns = { { title = "A", style = { colour = "accent" } } }, rows = {} }
      return rows
    end)
    t.raises('no style "leed" in the theme; did you mean "lead"?', lines_of, "leed")
  end)
  t.it("reaches all that the engine's paragraph knows", function()
    local values = {
      align = "right", leading = 20, indent = 30, greedy = true, no_wrap = true, hyphenate = false, hyphen_word = 30,
      hyphen_before = 9, hyphen_after = 9, hyphen_penalty = 5000, tolerance = 1, space_stretch = 4, space_shrink = 0,
      letter_stretch = 0.03, letter_shrink = 0.03, protrusion = 1, looseness = 1, last_line = 0.5, direction = "rtl",
    }
    for property in next, styles.lines do
      local usual = property ~= "last_line" and "justify" or "left"
      local style, differs = { align = usual, [property] = values[property] }, false
      for width = 120, 280, 20 do differs = differs or lines_of(style, width) ~= lines_of({ align = usual }, width) end
      t.truthy(differs, property)
    end
    t.truthy(lines_of { hyphenate = true } ~= lines_of {}, "hyphenate in ragged text")
  end)
  t.it("reaches headings, lists and tables", function()
    local cx = context()
    local heading = b.heading { "Internationalization", style = { "h2", hyphenate = true, size = 20 } }
    heading:prepare(cx)
    t.truthy(heading.paragraph:layout(90) > 1)
    local list = b.list { style = { "small", size = 20, hyphenate = true, space_before = 5 }, prose }
    t.equal({ list.space_before, list.space_after }, { 5 })
    local item = list.children[1].children[1]
    local _, token = cx:style(item.style, item.spec)
    t.equal({ token.size, token.hyphenate, item.space_before }, { 20, true, 0 })
    local rows = b.table { style = { size = 20, weight = 700 }, columns = { "A", { title = "B", style = { size = 5 } } },
      rows = { { "word", "word" } } }
    rows:prepare(cx, 300)
    t.equal({ rows.columns[1].set.size, rows.columns[1].set.weight, rows.columns[2].set.size }, { 20, 700, 5 })
  end)
  t.it("of a section is that of its heading", function()
    t.equal(b.section({ title = "T", style = { "h2", size = 7 }, "words" }).children[1].spec.size, 7)
  end)
end)

t.describe("a language of a text", function()
  t.it("hyphenates by it, and marks what is tagged", function()
    local english = b.text { prose, hyphenate = true }
    local other = b.text { prose, hyphenate = true, language = "xx" }
    local cx = context()
    local hyphenated = { 0, 0 }
    for i, text in ipairs { english, other } do
      local paragraph = text:prepare(cx)
      for n = 1, (paragraph:layout(90)) do
        if paragraph:line(n).hyphenated then hyphenated[i] = hyphenated[i] + 1 end
      end
    end
    t.truthy(hyphenated[1] > 0)
    t.equal(hyphenated[2], 0)
    local document = testing.document()
    local page = document:page(300, 300)
    testing.trace()
    other:layout(cx, 90, 1000):draw(page, 10, 10)
    t.contains(testing.trace(), "lang \"xx\"")
  end)
end)

t.describe("widows and orphans", function()
  local function split(options, height)
    options[1] = prose
    options.leading = 10
    local cx = context()
    local fragment, rest = b.text(options):layout(cx, 130, height)
    return fragment and fragment.last, rest and rest.first and (rest.owner or rest):prepare(cx):layout(130) - rest.first + 1
  end
  local count = b.text({ prose, leading = 10 }):prepare(context()):layout(130)
  t.it("are two lines", function()
    t.truthy(count >= 8, "lines")
    t.equal({ split({}, 15) }, {})
    t.equal({ split({}, 20) }, { 2, count - 2 })
    t.equal({ split({}, (count - 1) * 10) }, { count - 2, 2 })
  end)
  t.it("are as many as the style asks for", function()
    t.equal({ split({ orphans = 4 }, 30) }, {})
    t.equal({ split({ orphans = 4 }, 40) }, { 4, count - 4 })
    t.equal({ split({ widows = 5 }, (count - 1) * 10) }, { count - 5, 5 })
    t.equal({ split({ orphans = 1, widows = 1 }, 10) }, { 1, count - 1 })
    t.equal({ split({ orphans = 0 }, 9) }, {})
    t.equal({ split({ orphans = 100 }, (count - 1) * 10) }, {})
    t.equal({ split({ style = { orphans = 3 } }, 20) }, {})
  end)
  t.it("give way on a page that holds nothing else", function()
    local cx = context()
    cx.is_loose = true
    t.equal(b.text({ prose, leading = 10, orphans = 100 }):layout(cx, 130, 30).last, 3)
  end)
end)

t.describe("a theme's type", function()
  t.it("has styles that are like others", function()
    local theme = b.theme(plain, { type = { intro = { like = "lead", size = 25 }, aside = { like = "intro", color = "muted" },
      languages = nil } })
    local cx = context(themes.resolve(theme, "en"))
    local _, intro = cx:style "intro"
    t.equal({ intro.size, intro.leading, intro.color, intro.space_after }, { 25, 38, "ink", 12 })
    local _, aside = cx:style "aside"
    t.equal({ aside.size, aside.color }, { 25, "muted" })
  end)
  t.it("refuses styles that are like none, or like themselves", function()
    t.raises('theme: type.intro: like names no style "leed"; did you mean "lead"?', themes.resolve,
      b.theme(plain, { type = { intro = { like = "leed" } } }), "en")
    t.raises("is like itself", themes.resolve,
      b.theme(plain, { type = { intro = { like = "aside" }, aside = { like = "intro" } } }), "en")
  end)
  t.it("is checked like the options of a component", function()
    for message, changes in next, {
      ['theme: type.body: no option "sise"; did you mean "size"?'] = { type = { body = { sise = 9 } } },
      ["theme: type.body: size must be a number, got \"big\""] = { type = { body = { size = "big" } } },
      ["theme: type.body must be a table, got \"big\""] = { type = { body = "big" } },
      ["theme: type.body: align must be one of"] = { type = { body = { align = "middle" } } },
      ["theme: colors.ink must be a colour"] = { colors = { ink = 5 } },
      ["theme: colors.series: colour 2 must be a colour"] = { colors = { series = { "#000000", 5 } } },
      ["theme: fonts.body must be a list of font families"] = { fonts = { body = "Inter" } },
      ["theme: fonts.body: family 1 must be a string"] = { fonts = { body = { 5 } } },
      ["theme: space.gap must be a number"] = { space = { gap = "wide" } },
      ['theme: page: no option "margin"; did you mean "margins"?'] = { page = { margin = {} } },
      ['theme: languages.zh: type.body: no option "sise"'] = { languages = { zh = { type = { body = { sise = 9 } } } } },
      ["theme: languages.zh must be a table"] = { languages = { zh = 5 } },
    } do
      t.raises(message, function() local theme = b.theme(plain, changes) return theme end)
    end
  end)
  t.it("is checked where a report gets a table that b.theme has not seen", function()
    t.raises('report: theme: type.body: no option "sise"', function()
      local report = b.report { title = "T", "words", theme = { type = { body = { sise = 9 } } } }
      return report
    end)
  end)
  t.it("is good in the themes that ship", function()
    require("briefpress.theme_check").check(plain, "plain")
    require("briefpress.theme_check").check(require "themes.etown", "etown")
  end)
  t.it("needs a size", function()
    t.raises('the style "odd" of the theme has no size', function()
      return context(b.theme(plain, { type = { odd = { color = "ink" } } })):style "odd"
    end)
  end)
end)
