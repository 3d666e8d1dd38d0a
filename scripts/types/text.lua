---@meta
--- Words: text, lists, entries, documents in Markdown.

---@class briefpress.Library
local b = {}

---@class briefpress.options.text : briefpress.options.block, briefpress.Style
---@field style? string|briefpress.Style  Name of a style of the theme, or a table of a name and properties over it; "body" when left out.
---@field width? number|string  The measure: no wider than this; all of the room when left out.
---@field tag? string  The structure type that it is tagged as, "P" when left out: "BlockQuote" (that of the style "quote"), "Code" (that of "code"), "H2" ... Levels of headings become those that a reader hears, without a gap.

--- A text: Markdown in a line with placeholders. A blank line begins another paragraph.
---
---     b.text "In {visits.period} the library counted **{visits | unit}**."
---     b.text { "Counted at the door.", style = "small", align = "justify" }
---
--- Placeholders: `{id}` is the newest value of an indicator; `{id.label}` what is known of it (also period, unit, symbol, note,
--- value, source, locator, wording, change, difference, theme); `{id | unit}` says how to print it (also plus, spelled, compact,
--- wording, plain, ungrouped, decimals=1, period=2020); `{id | mark}` prints the mark of its source behind it, which b.sources
--- lists (`{id.mark}`: the mark alone). `{page:id}` is the page of a named block, `{params.x}` a parameter, `{dataset.title}` and
--- `{event.start}` what the data says of itself; behind the bar of a date stands how to print it, as [b.format](#bformat) lists:
--- `{dataset.published | medium}`, `{event.start | yMMMM}`, `{params.day | short}`. `{ref:id}` names a heading, a part or what has a caption ("Section 2.1",
--- "Figure 3"), `{number:id}` and `{title:id}` are parts of that, each a link. `{index:term}` marks the words for b.index and prints
--- nothing (`{index:term!narrower}`, `{index:key@term}`, `{index:term|see other}`, `{index:term|see also other}`). "{{" prints a brace. Placeholders may stand in the target of a link too:
--- `[the portal]({params.portal})`.
---
--- Notes: `^[the note]` sets a number behind what it stands at, and the note at the foot of the page; `[^name]` does so with a
--- text that the report has, `b.report { notes = { name = "..." } }` ([b.endnotes](#bendnotes) tells all of it). Quotation
--- marks, "--" and "..." stay as they are typed: write “ ”, – and … themselves.
---
--- Beyond CommonMark: `m^2^` is raised, `CO~2~` lowered, in the font's own small figures and letters where it has them. The
--- sign stands right behind what it belongs to, and between the two are no spaces; a tilde between figures is a range, and
--- any other is itself. `[words]{.term}` sets words in a style of the theme, of which the properties of glyphs count (font, size,
--- weight, italic, color, features, tracking, word_space, rise, caps); `[words]{color=accent size=0.8em}` in properties of
--- their own, and both may stand together: `[words]{.term color="#a02020"}`. `{.smallcaps}` is such a style. What words are for who
--- hears them stands there, too: `[mot]{language=fr}`, `[OECD]{expansion="Organisation for Economic Co-operation and Development"}`,
--- `[words]{tag=Quote}` (also Code, Span).
--- `![what it shows](icon.png)` is an image in the line, one em high, on the baseline. A backslash takes a sign as it is: `\^`.
---@param spec string|briefpress.options.text  The text, or a table of the text and options.
---@return briefpress.Block
function b.text(spec) end

---@class briefpress.options.markdown : briefpress.options.block
---@field level? integer  The level of "#", 1 to 6; in a section one below it when left out, else 1.
---@field style? string|briefpress.Style  The style of its paragraphs; "body" when left out.

--- A document in Markdown (CommonMark and tables), made of these components: headings, paragraphs, lists, quotes, code, tables,
--- rules, and images; one that stands alone is a figure, with the words beside its file as caption: `![what it shows](file.png "caption")`.
--- Text may hold all that b.text takes, but code, in which nothing is replaced; HTML is text. "#" is the heading of a section of
--- its own, in b.section of one in it; `# Title {#id}` names it. Errors name the line.
---
---     b.markdown [[
---     # Visits {#visits}
---     There were **{visits}**, see the table below.
---     ]]
---@param spec string|briefpress.options.markdown  The document, or a table of it and options.
---@return briefpress.Block
function b.markdown(spec) end

---@class briefpress.options.list : briefpress.options.block
---@field ordered? boolean  Whether items are numbered; false when left out.
---@field start? integer  Number of the first item; 1 when left out.
---@field marker? string  What stands before each item of a list without numbers; "–" when left out.
---@field gap? number|string  Points between items; 0.3 of the leading when left out.
---@field style? string|briefpress.Style  The style of its texts; "body" when left out.

--- A list. An item is a text, a block, or a list of both (a text and a list below it, say).
---
---     b.list { "Open on Sundays", { "Three branches:", b.list { "Market square", "Station", "Hill" } } }
---     b.list { ordered = true, "Count", "Print", "Send" }
---@param spec briefpress.options.list
---@return briefpress.Block
function b.list(spec) end

---@class briefpress.options.entry : briefpress.options.block, briefpress.Style
---@field style? string|briefpress.Style  The style of both texts; "body" when left out.
---@field leader? boolean  Whether dots lead from the one to the other; false when left out.

--- Words, and a text at the right edge of their last line, as in a price list.
---
---     b.entry { "Entry for adults", "12.50", leader = true }
---@param spec briefpress.options.entry
---@return briefpress.Block
function b.entry(spec) end

return b
