---@meta briefpress
--- The layout library: `local b = require "briefpress"`. Components make blocks; a report is a tree of blocks. Positional
--- children first, options by name: `b.row { gap = 12, b.figure "a", b.figure "b" }`. Lengths are points or "20mm", "2cm",
--- "1in", "50%", "2fr". Colours are theme names ("accent", "muted", "series.2") or "#rrggbb". Unknown options are errors with a
--- suggestion, blamed on the layout's line. Every block also takes `id=` (a name for links, `{page:id}`), `space_before=`,
--- `space_after=` and `keep_with_next=`. A string among children stands for `b.text`, false and nil are left out. Components marked [leaf] take one thing: `b.text "..."` or `b.text { "...", style = "lead" }`.

local b = {}

-- The block protocol ---------------------------------------------------------------------------------------------

---@class briefpress.Fragment What was laid out: a box that can be drawn once its place is known. It may be drawn more than
--- once (onto a page that only listens, while page numbers are found), so drawing changes nothing but the page. It may be
--- drawn after its block was laid out again, so it holds all that it draws with.
---@field width number
---@field height number
---@field draw fun(self, canvas:engine.Page, x:number, y:number)
---@field locate? false|fun(self, canvas:engine.Page, x:number, y:number)  Called instead of `draw` while page numbers are
---  found; false: nothing in it has an id or is a heading, so it need not be drawn then. Without it `draw` is called.
---@field baseline? number          Below its top; rows bring the baselines of their fragments to one level.
---@field stretch? fun(self, height:number)  Grows to a height, for rows with align = "stretch".

---@class briefpress.Block A user's own block is `b.block { measure = f, layout = f }` and equal to the shipped ones.
---@field space_before? number      Wanted above it; the larger of two neighbours' spaces counts, none at a page's top.
---@field space_after? number
---@field keep_with_next? boolean
---@field place? string             "file:line" of the layout that made it.
---@field uses_pages? boolean        Its layout asks for page numbers: the report is laid out before it is drawn.
---@field children? briefpress.Block[]  Walked for headings and ids before the layout.
local Block = {}
--- The narrowest and the natural width.
---@param cx briefpress.Context
---@param width number              Available.
---@return number min
---@return number max
function Block:measure(cx, width) end
--- What fits into the box, and the block that remains (nil: all done). Asked twice it answers the same. No fragment:
--- nothing fits (the flow then goes to the next page; on an empty page that is an error naming the block, its height and
--- its line).
---@param cx briefpress.Context
---@param width number
---@param height number
---@return briefpress.Fragment? fragment
---@return briefpress.Block? rest
function Block:layout(cx, width, height) end

---@class briefpress.Context Handed down to blocks: theme, data, language, numbering, what is known of the pages.
---@field data engine.Data
---@field params table<string,string>
---@field theme briefpress.Theme
---@field language string
---@field page integer              Number of the page being laid out.
local Context = {}
--- The style of a theme's type scale ("body", "h1", "caption"), with overrides.
---@param name string
---@param overrides? briefpress.Style
---@return engine.Style style
---@return table token              The properties, those of the theme and the overrides; give it to `paragraph`.
function Context:style(name, overrides) end
--- The paragraph of spans whose lines are made as a style says: hyphens, indent, leading and all.
---@param spans engine.Span[]
---@param token table               From `style`.
---@return engine.Paragraph
function Context.paragraph(spans, token) end
---@param name string               Theme colour or "#rrggbb".
---@return string
function Context:color(name) end
---@param length number|string
---@param whole number              What "%" and "fr" refer to.
---@return number
function Context:length(length, whole) end
--- The page number an anchor was on in the last pass; nil while unknown.
---@param anchor string
---@return integer?
function Context:page_of(anchor) end
---@return integer?                 Of the last pass.
function Context:page_count() end

---@param spec {measure?:function, layout:function, uses_pages?:boolean, children?:briefpress.Block[], space_before?:number, space_after?:number, keep_with_next?:boolean}
---@return briefpress.Block
function b.block(spec) end

-- Styles ---------------------------------------------------------------------------------------------------------

--- The properties of a style: those of a theme's type scale, of the option `style` of b.text, b.heading, b.section, b.list,
--- b.table and its columns, and of b.text and b.heading themselves. `style` is a name of the type scale, or a table of a name
--- (that of the component when left out) and properties over it: `b.list { style = { "small", hyphenate = true }, ... }`.
--- What no style has is an error, and so is a value of the wrong kind.
---@class briefpress.Style
---@field like? string               In a theme only: the style of the scale that this one begins as.
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

-- The report -----------------------------------------------------------------------------------------------------

---@class briefpress.Report
---@field title string
---@field subtitle? string
---@field author? string
---@field subject? string
---@field keywords? string
---@field language? string
---@field paper? string|{[1]:number,[2]:number}  "A4", "A5", "Letter", "A4 landscape"; "A4" when left out.
---@field margins? {top?:number|string, right?:number|string, bottom?:number|string, left?:number|string}
---@field theme? briefpress.Theme  `require "themes.plain"` when left out.
---@field header? fun(page:briefpress.PageFacts):briefpress.Block?  Drawn in the top margin; none when left out.
---@field footer? false|fun(page:briefpress.PageFacts):briefpress.Block?  `b.footer` when left out; false: none.
---@field background? fun(page:briefpress.PageFacts):briefpress.Block?  Drawn under each page but the cover.
---@field numbered? boolean         Number headings: 1, 1.1.
---@field baseline? number          The grid of baselines, in points: the first baseline of each text, heading and list item stands
---  on it, so that lines stand level across columns and facing pages. It begins with the first line of "body" on a page. What is
---  in tables, rows, cards and charts has none. 0 or left out: no grid; a theme may say it as `page.baseline`.

---@class briefpress.PageFacts
---@field number integer
---@field count integer
---@field title string              Of the report.
---@field section string            Title of the section that the page is in ("" before the first).
---@field is_first boolean
---@field name string               Page style: "cover", "" ...

---@param spec briefpress.Report
function b.report(spec) end
--- The usual footer: section on the left, "page x of y" on the right, in the report's language; nothing on a report of
--- one page. The usual header: the report's title, nothing on the first page.
function b.footer(page) end
function b.header(page) end

-- Components -----------------------------------------------------------------------------------------------------

--- A page of its own without header and footer. `background` is a block (often b.canvas) drawn under it over the whole page.
function b.cover(spec) end      -- {children..., background=, margins=, align="top|middle|bottom"}
--- A heading with its blocks: bookmarked, numbered, in the contents; keeps with what follows. `b.section { title=, level=1, id=, break_before=, children... }`
function b.section(spec) end
function b.heading(spec) end    -- [leaf] {text, level=1, id=, numbered=, bookmark=true, style="h1" and each property of a style}
--- Inline Markdown with placeholders: {id}, {id.label}, {id.period} (also unit, symbol, note, value, source, locator, wording,
--- change, difference, theme), {id | unit} (also plus, spelled, compact, wording, plain, ungrouped, decimals=1, period=2020),
--- {id | mark} the figure with the mark of its source, a raised number that b.sources lists ({id.mark}: the mark alone),
--- {page:id} the page of a named block, {params.x}, {dataset.title}, {event.start}. "{{" prints a brace. A blank line begins
--- another paragraph. Placeholders may stand in the target of a link too: [the portal]({params.portal}).
---
--- Beyond CommonMark: m^2^ is raised, CO~2~ lowered, in the font's own small figures and letters where it has them. The sign
--- stands right behind what it belongs to, and between the two are no spaces; a tilde between figures is a range, and any other
--- is itself. [words]{.term} sets words in a style of the theme, of which the properties of glyphs count (font, size, weight,
--- italic, color, features, tracking, word_space, rise, caps); [words]{color=accent size=0.8em} in properties of their own, and
--- both may stand together: [words]{.term color="#a02020"}. {.smallcaps} is such a style.
--- ![what it shows](icon.png) is an image in the line, one em high, on the baseline; it may be no higher than the room above it. A backslash takes a sign as it is: \^.
function b.text(spec) end       -- [leaf] {text, style="body" and each property of a style, width=, space_before=, space_after=}
--- A document in Markdown (CommonMark and tables), made of these components: headings, paragraphs, lists, quotes, code, tables,
--- rules, and images; one that stands alone is a figure, with the words beside its file as caption: ![what it shows](file.png "caption"). Text may hold
--- all that b.text takes, but code, in which nothing is replaced; HTML is text. "#" is the heading of a section of its own, in
--- b.section of one in it; `# Title {#id}` names it. Errors name the line. `level`: that of "#"; `style`: of paragraphs.
function b.markdown(spec) end   -- [leaf] {text, level=, style="body"}
function b.list(spec) end       -- {items... (text, a block, or a list of both), ordered=false, start=1, marker="–", gap=, style="body"}
--- Words, and a text at the right edge of their last line, as in a price list; `leader` draws dots between them.
--- {words, text, leader=false, style="body" and each property of a style}
function b.entry(spec) end
--- A figure card: the number large, its unit small, label, optional note and change. `b.figure "id"` or {"id", label=, note=(text or
--- true), size=, change=true, period=true, mark=true (of its source), color=, wording=true, unit=(text or false), decimals=,
--- compact=}; {value="…", label=} for text
function b.figure(spec) end
--- Side by side; widths from `widths` ("1fr", "30%", points) or equal. {children..., gap=, widths=, align="top|middle|bottom|stretch", rule=bool}
function b.row(spec) end
--- {children..., columns=3, gap=, row_gap=, rules=bool}
function b.grid(spec) end
--- Text flowing through balanced columns. {children..., count=2, gap=, rule=bool}
function b.columns(spec) end
--- Blocks below each other as one. {children..., gap=, keep=bool, padding=(length or {x=, y=, top= ...}), fill=, width=, align=, border=,
--- edge="left|right|top|bottom" (border on one side), thickness=, radius=}
function b.stack(spec) end
---@class briefpress.TableColumn
---@field key? string|integer|fun(row):any  Its position when left out.
---@field title? string
---@field width? number|string      Points, "20%", "1fr" or "auto" (default).
---@field align? "left"|"right"|"center"|"decimal"  "decimal": the decimal marks of the report's language stand below each other.
---@field format? fun(value:any, row:any):string
---@field style? string|briefpress.Style
---@field weight? integer
---@field color? string
---@field decimals? integer
---@field grouping? boolean
--- Cells of a list of rows may hold text with Markdown and placeholders, numbers, indicators or blocks. Columns without a width get
--- what their cells want (all rows are measured up to 2,000, else as many, evenly spread; what is longer wraps).
--- {columns=, rows=(list | engine.Table), header=true, zebra=false, style="table", repeat_header=true, caption=, source=, total=, group=fun(row):string}
--- Rows may split over pages between rows; a register of 50,000 rows streams without holding fragments.
function b.table(spec) end
function b.callout(spec) end    -- {children..., title=, color="accent", fill=, keep=bool}
function b.image(spec) end      -- [leaf] {file, width=, height=, alt= (needed; "" for an ornament), caption=, fit="contain|cover", align=}
--- Exactly this much between its neighbours, whatever they want themselves.
function b.space(points) end
function b.page_break() end
function b.rule(spec) end       -- {color=, thickness=, width=, space_before=, space_after=}
--- {title=, depth=2, leader=false}; titles and page numbers, each a link; `leader` draws dots between them. title=false: none.
function b.contents(spec) end
--- The sources of data as a numbered list with links: {title=}. Marks of sources in texts link to it, where it comes after them
--- or the report has contents or page numbers.
function b.sources(spec) end
--- Draws by hand; a figure with `alt`, else decoration: {width=, height=, alt=, draw=function(canvas, x, y, width, height, cx)}
function b.canvas(spec) end

-- Charts: each has title= (its message), subtitle=, source= (text, a source, indicators; that of the items when left out, false for none),
-- note=, alt= (made from the data when left out), height= (of the plot), color=. Items: indicators, their ids, lists of these, or
-- {label=, value= (number, id, indicator), text=, color=, note=}. periods=true: an indicator stands for its observations.
b.chart = {}
function b.chart.bar(spec) end      -- {items..., direction="horizontal|vertical", stacked=false, max=, labels="end|inside|none", bar_width=, gap=, label_width=, periods=}; simple items with stacked=true make one bar; a series in `items` with {label, values={..}} stacks or groups; `series={names}`
function b.chart.donut(spec) end    -- {items..., hole=0.62, center= text or block, size=}
function b.chart.waffle(spec) end   -- {value=, total=, columns=, rows=, shape="circle|square", labels=bool} or {items...}: counted shares ("95 of 285")
function b.chart.timeline(spec) end -- {items...={date=, title=, text=, label= (instead of the date), color=} or data.milestones, from=, to=, label_width=}; "2017/2022" is a span

---@class briefpress.Theme Tokens. A theme is a table; `b.theme(base, changes)` merges deeply (lists are replaced whole).
---@field name? string
---@field colors table<string, string|string[]>   paper, ink (headings), text, muted, faint (rules), accent, accent_soft, on_accent, series = {...}
---@field fonts table<string, string[]>           body, heading, figures, mono
---@field type table<string, briefpress.Style>    cover_title, cover_subtitle, h1, h2, h3, lead, body, small, caption, label, figure, figure_unit, table, table_head, header, footer, chart_title, chart_subtitle, chart_label, contents, source, quote, and any of one's own
---@field space table<string, number>             unit, gap, block, section
---@field page table                              paper, margins, baseline (the grid)
---@field languages? table<string, table>        Changes that count when the report is in that language: { zh = { type = {...} } }.
---@field phrases? table                          Words the library itself prints ("page {number} of {count}", "Contents", "Source") per language.
---@param base briefpress.Theme
---@param changes table
---@return briefpress.Theme
function b.theme(base, changes) end
--- Words of the library in the report's language, from briefpress/phrases/<lang>.lua.
function b.phrase(name, values) end

return b
