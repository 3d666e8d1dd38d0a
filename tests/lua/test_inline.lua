-- Inline text: marked-up runs and their styles, raised and lowered text, spans with a style of their own, small capitals.
local t = require "luatest"
local b = require "briefpress"
local engine = require "briefpress.engine"
local Context = require "briefpress.context"
local inline = require "briefpress.inline"
local plain = require "themes.plain"

local data = testing.data [[{
  "dataset": {"id": "d", "title": "T", "languages": ["en"], "published": "2022-09-03"},
  "sources": [{"id": "s", "title": "S"}],
  "indicators": [{"id": "area", "label": "Area", "unit": {"symbol": "m"},
    "observations": [{"period": "2021", "value": 12, "source": "s"}]}]
}]]

local function context(type)
  return Context.new { data = data, params = {}, language = "en", ledger = {}, theme = b.theme(plain, { type = type or {} }) }
end

--- The spans of a text, each as its text and what is told of its style.
local function spans(text, cx, over)
  cx = cx or context()
  local list = {}
  for _, span in ipairs((inline.spans(cx, text, "body", over, "layout.lua:1"))) do
    local style = span.style
    list[#list + 1] = ("%s|%.4g %d %s"):format(span.text, style.size, style.weight, style.color)
  end
  return list
end

local function style_of(changes)
  local spec = { family = plain.fonts.body, size = 10, color = "#1f2933" }
  for key, value in next, changes or {} do spec[key] = value end
  return engine.text.style(spec)
end

local function first(text, at, over)
  return (inline.spans(context(), text, "body", over))[at or 1]
end

local BODY = "10 400 #1f2933"

t.describe("raised and lowered text", function()
  t.it("is set in real glyphs where the font has them for all of it", function()
    for text, feature in next, { ["m^2^"] = "sups", ["m^n+1^"] = "sups", ["m~2~"] = "subs", ["m^{area | plain}^"] = "sups" } do
      t.truthy(rawequal(first(text, 2).style, style_of { features = feature }), text)
    end
    t.truthy(rawequal(first("m^2^", 2, { features = "tnum" }).style, style_of { features = "tnum,sups" }))
  end)
  t.it("has real figures beside a point that has no such form, which stands on their line", function()
    local body, subs = style_of(), style_of { features = "subs" }
    local bottom, top = engine.text.ink(body, "0")
    local low, high = engine.text.ink(subs, "0")
    t.truthy(low < bottom and high < top)
    local made = inline.spans(context(), "PM~2.5~ and m^1,5^", "body")
    t.equal({ made[2].text, made[3].text, made[4].text, made[6].text .. made[7].text .. made[8].text }, { "2", ".", "5", "1,5" })
    t.truthy(rawequal(made[2].style, subs) and rawequal(made[4].style, subs))
    local scale = (high - low) / (top - bottom)
    t.truthy(rawequal(made[3].style, style_of { size = 10 * scale, rise = low - bottom * scale }))
    local raised = engine.text.ink(style_of { features = "sups" }, "0")
    t.truthy(rawequal(made[7].style, style_of { size = made[7].style.size, rise = raised - bottom * made[7].style.size / 10 }))
    t.equal(#inline.spans(context(), "m~2.~x~.~", "body"), 5)
  end)
  t.it("is scaled and moved by the font's own numbers elsewhere", function()
    local m = engine.text.metrics(style_of())
    t.near(m.superscript_size, 1690 / 2816 * 10)
    t.truthy(rawequal(first("m^AB^", 2).style, style_of { size = m.superscript_size, rise = m.superscript_rise }))
    t.truthy(rawequal(first("m~AB~", 2).style, style_of { size = m.subscript_size, rise = -m.subscript_drop }))
    t.truthy(rawequal(first("m^文^", 2).style, style_of { size = m.superscript_size, rise = m.superscript_rise }))
  end)
  t.it("has the look of what it belongs to", function()
    t.truthy(rawequal(first("**m^2^**", 2).style, style_of { features = "sups", weight = 600 }))
    t.truthy(rawequal(first("m^*2*^", 2).style, style_of { features = "sups", italic = true }))
    t.equal(first("[m^2^](https://example.org/)", 2).link, "https://example.org/")
  end)
  t.it("leaves other text as it is", function()
    for _, text in ipairs { "R&D ~5 percent", "a ~ b", "5~10 km and 3~4", "2^3 + x^2", "(^_^)", "2010~2020年，共3~5家", "^", "~", "a^b",
      "a ~b~ c", "~b~" } do
      t.equal(spans(text), { text .. "|" .. BODY })
    end
  end)
  t.it("is told from code, addresses and what is escaped", function()
    t.equal(first("`a^2^ b~2~`").text, "a^2^ b~2~")
    t.equal(first("[x](https://example.org/~a^2^/~b)").link, "https://example.org/~a^2^/~b")
    t.equal(first("<https://example.org/~a/~b>").text, "https://example.org/~a/~b")
    t.equal(spans("a\\^2^ b\\~2~"), { "a^2^ b~2~|" .. BODY })
    t.equal(spans(inline.escape "a^2^ b~2~ [c]{.d}"), { "a^2^ b~2~ [c]{.d}|" .. BODY })
  end)
  t.it("is plain in titles", function()
    t.equal(inline.plain(context(), "H~2~O and m^2^"), "H2O and m2")
  end)
end)

t.describe("a span with attributes", function()
  local cx = context { term = { weight = 600, color = "accent" }, like = { like = "lead" } }
  t.it("has the properties that its style names, and its own over them", function()
    t.equal(spans("a [b]{.term} c", cx), { "a |" .. BODY, "b|10 600 #1f4e79", " c|" .. BODY })
    t.equal(spans("[b]{.term color=muted}", cx), { "b|10 600 #52606d" })
    t.equal(spans('[b]{color="#a02020" size=7 weight=500}', cx), { "b|7 500 #a02020" })
    t.equal(spans("[b]{size=0.5em}", cx), { "b|5 400 #1f2933" })
    t.equal(spans("[b]{.caption}", cx), { "b|7.5 400 #52606d" })
  end)
  t.it("nests, and holds marked-up text, links and figures", function()
    t.equal(spans("[a [b]{size=5} c]{.term}", cx), { "a |10 600 #1f4e79", "b|5 400 #1f2933", " c|10 600 #1f4e79" })
    t.equal(spans("[a **b**]{color=muted}", cx), { "a |10 400 #52606d", "b|10 600 #52606d" })
    local list = inline.spans(cx, "[{area | plain} of [x](#y)]{.term}", "body")
    t.equal({ list[1].text, list[1].mark, list[3].link, list[3].style.color }, { "12\u{A0}m", #cx.ledger, "#y", "#1f4e79" })
  end)
  t.it("is told from links, placeholders and code", function()
    t.equal(spans("[a]", cx), { "[a]|" .. BODY })
    t.equal(first("[a](#b) {area | plain}", 3).text, "12\u{A0}m")
    t.equal(first("`[a]`").text, "[a]")
  end)
  t.it("refuses what it does not know, with the place of the text", function()
    for text, message in next, {
      ["[a]{.trem}"] = 'layout.lua:1: {.trem}: no style "trem" in the theme; did you mean "term"?',
      ["[a]{colour=muted}"] = 'layout.lua:1: {colour=muted}: no property "colour" of a span; did you mean "color"?',
      ["[a]{leading=3}"] = 'no property "leading" of a span',
      ["[a]{hyphenate=true}"] = 'no property "hyphenate" of a span',
      ["[a]{tag=Quot}"] = 'tag must be one of "Quote", "Code", "Span"',
      ["[a]{size=big}"] = "{size=big}: size must be a number",
      ["[a]{.term b}"] = "{.term b}: expected .style, property=value",
      ["[a]{.term .lead}"] = "a span takes one style",
      ["[a]{.term,x}"] = "expected .style",
      ["[a]{color=mutd}"] = 'no colour "mutd" in the theme; did you mean "muted"?',
    } do
      t.raises(message, spans, text, cx)
    end
  end)
  t.it("is looked at for its contrast", function()
    testing.findings()
    spans("[b]{color=faint}", context())
    t.contains(t.show(testing.findings()), "contrast")
  end)
end)

t.describe("capitals", function()
  t.it("are scaled where the font has no small ones", function()
    local m = engine.text.metrics(style_of())
    local small = ("%.4g 400 #1f2933"):format(10 * 1.06 * m.x_height / m.cap_height)
    t.equal(spans("[Of NATO, é1]{caps=small}"),
      { "O|" .. BODY, "F|" .. small, " NATO, |" .. BODY, "É|" .. small, "1|" .. BODY })
    t.equal(spans("straße", nil, { caps = "small" }), { "STRASSE|" .. small })
    t.equal(spans("e\u{301}a", nil, { caps = "small" }), { "E\u{301}A|" .. small })
  end)
  t.it("are all capitals where that is asked for", function()
    t.equal(spans("a *b* ß", nil, { caps = "all" })[1], "A |" .. BODY)
    t.equal(b.text({ "x", caps = "all" }):prepare(context()):layout(100), 1)
    t.raises('caps must be one of "small", "all"', function() local text = b.text { "x", caps = "big" } return text end)
  end)
  t.it("follow the rules of a language", function()
    t.equal(engine.text.upper("i", "tr"), "İ")
    t.equal(engine.text.upper("i", "en"), "I")
    t.equal(engine.text.upper(""), "")
  end)
end)

t.describe("forms", function()
  t.it("are there only where each character has one", function()
    local body, sups = style_of(), style_of { features = "sups" }
    local has = engine.text.has_forms
    t.equal({ has(body, sups, "12"), has(body, sups, "1A"), has(body, sups, "1 2"), has(body, sups, " "), has(body, sups, "") },
      { true, false, true, false, false })
    t.equal({ has(body, body, "12"), has(body, sups, "1文") }, { false, false })
  end)
end)
