---@meta
--- The look: styles, themes, and the words that the library itself prints.

---@class briefpress.Library
local b = {}

--- The properties of a style: those of a theme's type scale, of the option `style` of b.text, b.heading, b.section, b.list,
--- b.table and its columns, and of b.text and b.heading themselves. `style` is a name of the type scale, or a table of a name
--- (that of the component when left out) and properties over it: `b.list { style = { "small", hyphenate = true }, ... }`.
--- What no style has is an error, and so is a value of the wrong kind.
---@class briefpress.Style
---@field like? string               In a theme only: the style of the scale that this one begins as. All its properties are taken
---over, spaces too: what is like "h1" has 32 points above it in the plain theme, unless it says `space_before`.
---@field font? string               Name of a font of the theme: body, heading, figures, mono, or one of its own.
---@field size? number               Points. Where a text changes it, the leading follows in proportion.
---@field weight? integer            1 to 1000; 400 is regular, 600 strong.
---@field italic? boolean
---@field color? string              "accent", "series.2", "#1b365d".
---@field features? string           OpenType: "tnum,ss01,-liga".
---@field tracking? number           Thousandths of an em behind each letter.
---@field word_space? number         Factor on the width of spaces: 1 when left out.
---@field rise? number               Points above the baseline.
---@field language? string           Of the words, where it is not that of the report: hyphenation, forms of letters, what a
---screen reader speaks.
---@field caps? "small"|"all"        Small capitals, or capitals, in texts and headings. Small ones are the font's own where it
---has them, else scaled; a PDF reader then copies capitals.
---@field allow_missing? boolean     A character that no font has becomes a visible mark, and a warning, not an error.
---@field align? "left"|"right"|"center"|"justify"|"start"|"end"  "start" is where the script begins.
---@field leading? number|string     From baseline to baseline: points, "18pt", or "1.5em" of the size.
---@field indent? number|string      Of the first line: points, "4mm", "2em"; negative: of all lines but the first.
---@field direction? "auto"|"ltr"|"rtl"  Of the paragraph; from its first letter when left out.
---@field hyphenate? boolean         Left out: justified text, and in other text a word that is wider than the line.
---@field hyphen_word? integer       Letters of the shortest word that is hyphenated: 5.
---@field hyphen_before? integer     Letters before a hyphen, at least: 2.
---@field hyphen_after? integer      Letters behind it, at least: 3.
---@field hyphen_penalty? number     What a hyphen at a line's end costs: 50. 0: as good as a space; 500: in need only.
---@field tolerance? number          Badness of justified lines that is well, before more hyphens are tried: 200; 100 is where
---spaces have grown by `space_stretch`.
---@field space_stretch? number      Part of its width that a space may well grow by: 0.5.
---@field space_shrink? number       Part of its width that it narrows by at most: a third.
---@field letter_stretch? number     Ems that letters of justified lines may move apart by, so that spaces are more even: 0.
---More than 0.03 shows.
---@field letter_shrink? number      Ems that they may come closer by: 0. More than 0.015 shows.
---@field protrusion? number         How far marks hang out of a straight edge: 0 not at all, 1 as is usual. Of
---full-width marks pause and stop marks alone.
---@field looseness? integer         Lines more (1), or fewer (-1), than are best, where that can be.
---@field last_line? number          Part of the measure that the last line should fill: 0.1.
---@field greedy? boolean            Line by line, each as full as can be, not the paragraph as a whole.
---@field no_wrap? boolean           One line, however long.
---@field orphans? integer           Lines that stay at a page's foot, at least: 2. A large number keeps the paragraph whole.
---@field widows? integer            Lines that begin a page, at least: 2.
---@field space_before? number|string  Above the block; in a theme, and in a table for `style`.
---@field space_after? number|string

--- Tokens: all that a layout's look is made of. Themes that ship: "plain", neutral, for any report (it is listed below);
--- "etown", that of the briefing, with green accents; "slides", light words on a deep ground, 16:9, large type.
---@class briefpress.Theme
---@field name? string  Of the theme.
---@field colors? table<string, string|string[]>  paper (drawn under each page where it is not white), ink (headings), text, muted, faint (rules), accent, accent_soft, on_accent, shadow (of boxes, mostly transparent), and lists as `series`, whose colours are "series.1" and so on.
---@field fonts? table<string, string[]>  body, heading, figures, mono, and of one's own: families in the order in which they are asked for a character.
---@field type? table<string, briefpress.Style>  The type scale: cover_title, cover_subtitle, part, part_number, h1, h2, h3, lead, body, small, quote, code, smallcaps, footnote, side_note, caption, caption_title, label, figure, figure_unit, table, table_head, header, footer, chart_title, chart_subtitle, chart_label, contents, contents.0 (of parts; contents.2 and so on where they differ), glossary, index, index_head, source, and any of one's own.
---@field space? table<string, number>  Distances in points: unit, gap (between neighbours in rows, grids and columns), block, section, shadow (how far that of a box is blurred), float (between a float and the text), side_gap (between the text and notes in the margin), side_note (between such notes), notes and note_rule (above and below the line above notes), note_rule_width (its length), smallest_text (size of the letters below which `check` finds words too small: 6 when left out).
---@field page? briefpress.Theme.page  Paper, margins and the grid of baselines, where a report says none.
---@field languages? table<string, table>  Changes that count when the report is in that language: `{ zh = { type = { ... } } }`.
---@field phrases? table<string, table<string, string>>  Words that the library itself prints, per language: `{ en = { contents = "What is in it" } }`.

---@class briefpress.Theme.page
---@field paper? string|(number|string)[]  "A4", "A5 landscape", or width and height.
---@field margins? table  top, right, bottom, left: points or lengths.
---@field baseline? number  The grid of baselines, in points; none when left out.

--- A look in a few words: what follows from a colour, a font or a size is worked out, so that the look stays of one piece. Beside
--- these it may hold all that a theme holds (`colors`, `type` ...), which comes over what follows from them.
---@class briefpress.options.theme
---@field base? string|briefpress.Theme  The theme that it begins as, or its name: "plain" (when left out), "etown", "slides" (16:9, light words on a deep ground), or one in `themes/` beside the layout.
---@field accent? string  The one colour that stands out, as "#rrggbb". Its tint under callouts and zebra, the words on it and the colours of series follow from it.
---@field ink? string  The colour of headings, as "#rrggbb". The texts', muted ones and rules follow from it.
---@field paper? string  The ground of all pages, as "#rrggbb". On a deep one words become light where the base's could not be read.
---@field font? string|string[]  A font family, or several, before those of the base, for all but code.
---@field heading_font? string|string[]  The same for headings, figures and the labels of charts; `font` when left out.
---@field size? number  The size of running text in points. All sizes and distances of the base change in proportion.

--- A theme in a few words, or made from another and changes over it: tables are merged deeply, lists are replaced whole. A report
--- takes what this takes too: `theme = "slides"`, `theme = { accent = "#7a1f3d" }`.
---
---     theme = b.theme { base = "plain", accent = "#7a1f3d", heading_font = "Noto Serif", size = 10.5 }
---     theme = b.theme("etown", { type = { body = { size = 11, leading = 16 } } })
---@param base string|briefpress.Theme|briefpress.options.theme  A theme, its name, or a look in a few words.
---@param changes? briefpress.Theme|briefpress.options.theme  What is otherwise; nothing when left out.
---@return briefpress.Theme
function b.theme(base, changes) end

--- Words of the library in the report's language, from briefpress/phrases: `b.phrase("page_of", { number = 3, count = 9 })`.
---@param name string
---@param values? table<string, string|number>  What {names} in the phrase stand for.
---@return string
function b.phrase(name, values) end

return b
