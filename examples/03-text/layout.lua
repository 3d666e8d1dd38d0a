--- What a text can hold: figures and what is known of them, raised and lowered signs, spans in colours and styles,
--- links, icons, notes, other scripts. The page speaks of itself: each paragraph is set with what it tells of.
local b = require "briefpress"

-- A style of one's own, for words that a text names: [words]{.term}.
local theme = {
  base = "plain", size = 11, accent = "#0b5c75", heading_font = "Noto Serif CJK SC",
  type = { term = { italic = true, color = "accent" }, first = { like = "lead", font = "heading" } },
}

-- Lines are chosen for the whole paragraph, so that neither gaps nor hyphens are many.
local function told(text)
  return b.text { text, align = "justify" }
end

return function()
  return b.report {
    title = "{dataset.title}", theme = theme, footer = false,
    margins = { left = "24mm", right = "24mm", top = "20mm" },
    b.text { "Sample data, {dataset.published | long}", style = "caption" },
    b.heading { "What the lake told us in 2024", space_before = 0 },
    -- Placeholders print the newest value, in the words and digits of the language; "{{" prints a brace.
    b.text {
      "The lake had ice on only **{ice | unit}**. Fifty years before it was {ice | period=1974}, and people crossed it "
        .. "on foot.", style = "first",
    },
    b.columns {
      count = 2, gap = 24,
      told [[**Figures** come from the data. `{{ice}` prints {ice}, `{{ice | unit}` {ice | unit}, and `{{ice.change}`
             the change on the year before, {ice.change}. Large ones may be short: {visitors | compact} visitors came to
             the baths. What was counted roughly says so: {whitefish} whitefish. `check` and `audit` list every one of
             them with its source.]],
      told [[**Signs** stand where they belong: CO~2~ below, m^2^ above, in the font’s own small figures; the surface
             had {warmth | mark} in August. A dash –, three dots …, “quotes” and \*stars\* are as they are written.]],
      told [[**Spans** take a colour, [like this]{color=accent}, a size, [like this]{size=1.2em}, a weight, [like
             this]{weight=700}, letters apart, [LIKE THIS]{tracking=120 size=0.85em}, small capitals, [as in Lake
             Institute]{.smallcaps}, or a style of the theme: [thermocline]{.term}.]],
      told [[**Links** lead out, to [the portal](https://example.org/lake), and within: the sources are on page
             {page:sources}. An icon ![waves](wave.svg) stands in the line, as high as the letters. A note waits at the
             foot of the page.^[As this one does. Its number leads here, and back.] ]],
      told [[**Other scripts** find their fonts, and say their language, for readers who listen: [湖水在八月最暖]{language=zh},
             [озеро тёплое]{language=ru}, [η λίμνη]{language=el}, [호수]{language=ko}. Marks of Chinese texts are
             set as Chinese ones are: [“湖”，而不是“海”。]{language=zh}]],
      b.text { "**Lists** and all else are components:", keep_with_next = true },
      b.list {
        "warmer by {warmth.difference} °C than in 2023,", "with {ice} days of ice after {ice | period=2023},",
        { "and visitors in winter, who come", b.list { "to swim,", "to look." } },
      },
    },
    b.text {
      "“A lake is the landscape’s most beautiful and expressive feature. It is earth’s eye; looking into which the "
        .. "beholder measures the depth of his own nature.”", style = "quote", align = "center",
    },
    b.text { "Henry David Thoreau, [Walden]{italic=true}, 1854", style = "caption", align = "center" },
    b.section { title = "Sources", id = "sources", level = 2, b.sources { title = false } },
  }
end
