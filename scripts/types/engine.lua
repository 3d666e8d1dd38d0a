---@meta briefpress.engine
--- What the C engine gives to Lua: `local engine = require "briefpress.engine"`. Layouts normally use the library
--- (`require "briefpress"`), which is written on this. Lengths are points, y grows downwards from the top left corner,
--- colours are "#rgb", "#rrggbb" or "#rrggbbaa". Every option table refuses keys it does not know.

local engine = {}

-- text ---------------------------------------------------------------------------------------------------------------

engine.text = {}

---@class engine.Style A way to set text; equal specs give the same object.
---@field size number
---@field color string
---@field weight integer
---@field language string

---@class engine.StyleSpec
---@field family string|string[]   Tried in order, per grapheme cluster.
---@field size number
---@field weight? integer          400 when left out.
---@field italic? boolean
---@field color? string            "#000000" when left out.
---@field tracking? number         Thousandths of an em.
---@field rise? number
---@field features? string         "tnum,ss01,-liga".
---@field language? string
---@field allow_missing? boolean  A mark stands for a character that no font has, and a warning names it; otherwise that is an error.
---@field word_space? number

---@param spec engine.StyleSpec
---@return engine.Style
function engine.text.style(spec) end

--- Measures of the style's first font, in points at its size; all positive.
---@param style engine.Style
---@return {ascent:number, descent:number, cap_height:number, x_height:number, superscript_size:number, superscript_rise:number, subscript_size:number, subscript_drop:number}
function engine.text.metrics(style) end

--- True where each character of the text but spaces has another glyph in `formed`, a style that differs from `plain`
--- by an OpenType feature: where the font has real superscripts or small capitals for all of it.
---@param plain engine.Style
---@param formed engine.Style
---@param text string
---@return boolean
function engine.text.has_forms(plain, formed, text) end

--- Where the ink of a text begins and ends above the baseline, in points and upwards; below it they are negative.
---@param style engine.Style
---@param text string
---@return number bottom
---@return number top
function engine.text.ink(style, text) end

--- The text in capitals, by the rules of a language ("straße": "STRASSE"); that of the report when left out.
---@param text string
---@param language? string
---@return string
function engine.text.upper(text, language) end

--- The order of words in a language, that of the report when left out: for each text its rank, from 1 (equal texts have the
--- same), and the letter that it stands under in an index, "" for figures and marks. Chinese stands by pinyin.
---@param texts string[]
---@param language? string
---@return integer[] ranks
---@return string[] letters
function engine.text.collate(texts, language) end

--- The width of a text on one line.
---@param style engine.Style
---@param text string
---@return number
function engine.text.width(style, text) end

---@class engine.Span
---@field style engine.Style
---@field text? string             "\n" breaks the line.
---@field link? string             "https://..." or "#name".
---@field tag? string              What it is to who reads the file: "Code", "Quote", "Reference", "Span" ...
---@field expansion? string        What it is short for.
---@field note? string             Of the element that is read behind it: that of a footnote, which is drawn later.
---@field mark? integer
---@field width? number            With `height` and no text: an inline box.
---@field height? number

---@class engine.ParagraphSpec
---@field spans engine.Span[]
---@field align? "start"|"end"|"left"|"right"|"center"|"justify"
---@field leading? number          Baseline to baseline; 1.4 times the largest size when left out.
---@field indent? number           Of the first line; negative hangs.
---@field language? string
---@field direction? "auto"|"ltr"|"rtl"  "auto" when left out: from right to left in languages that are, else as the text begins.
---@field greedy? boolean          Line by line, each as full as can be, not the text as a whole.
---@field no_wrap? boolean
---@field hyphenate? boolean       Left out: in justified text, and in other text a word wider than the line.
---@field hyphen_word? integer     Letters of the shortest word that is hyphenated; 5 when left out.
---@field hyphen_before? integer   Letters before a hyphen, at least: 2 when left out. The language may ask for more.
---@field hyphen_after? integer    Letters behind it, at least: 3 when left out.
---@field hyphen_penalty? number   What a hyphen costs: 50 when left out, as in TeX.
---@field tolerance? number        Badness of justified lines that is well: 100 where all spaces have grown by
---`space_stretch`; 200 when left out. Beyond it, spaces stretch as far as they must.
---@field space_stretch? number    Part of its width that a space may well grow by: 0.5 when left out.
---@field space_shrink? number     Part of its width that it narrows by at most: a third when left out.
---@field letter_stretch? number   Ems that letters of justified lines may move apart by, so that spaces are more even: none
---when left out; more than 0.03 shows.
---@field letter_shrink? number    Ems that they may come closer by, likewise; more than 0.015 shows.
---@field protrusion? number       How far marks hang out of a straight edge: 0 (when left out) not, 1 as is
---usual. Of full-width marks pause and stop marks alone.
---@field looseness? integer       Lines more, or fewer, than are best, where that can be.
---@field last_line? number        Part of the measure that the last line should fill: 0.1 when left out.

---@class engine.Paragraph
local Paragraph = {}

---@param spec engine.ParagraphSpec
---@return engine.Paragraph
function engine.text.paragraph(spec) end

--- Breaks it into lines of `width` (remembered for the last width). The first `lines` may be narrower by some points, which
--- are left free at one side: the text goes round what stands there.
---@param width number
---@param lines? integer           0 when left out.
---@param by? number
---@param side? "right"|"left"     "right" when left out.
---@return integer count
---@return number height
function Paragraph:layout(width, lines, by, side) end
---@return number  Width of the longest unbreakable part.
function Paragraph:min_width() end
---@return number  Width of the longest line when nothing wraps.
function Paragraph:max_width() end
--- Of line `i` (from 1) of the last layout; lengths from the paragraph's top left.
---@param i integer
---@return {top:number, baseline:number, height:number, x:number, width:number, stretch:number, letter:number, ratio:number, last:boolean, hyphenated:boolean, text:string}
function Paragraph:line(i) end
--- The boxes of a mark in the last layout: {line=, x=, y=, width=, height=}, y from the paragraph's top.
---@param mark integer
---@return table[]
function Paragraph:boxes(mark) end

--- A text of a layout taken apart, for the library to fill and style: line ends become spaces (none between Han
--- characters; "\\" or two spaces before one keep it as "\n"), {placeholders} are listed, inline Markdown
--- (CommonMark, through md4c) is read. A text with neither is answered alone. Otherwise `plain` is false, and `runs`
--- has three entries a run: its text; its look, the sum of 1 strong, 2 emphasis, 4 code, 8 link, 16 image, 32
--- placeholder, 64 raised, 128 lowered, 256 an image that goes on, and 512 times the number of the span with
--- attributes around it; the target of its link, the file of its image, or false. The attributes of span n are the
--- text `spans[n]`. The text of a placeholder is where its four entries in `holes` begin: id (false where it is
--- none), field or false, format or false, and all that stands between its braces; {page:id} has the field "page:".
--- A note, ^[text] or [^key], is a placeholder too: the text or key is its id, the field "note:" or "noted:".
--- In the target of a link a placeholder is its number, from 1, between U+F8FE and U+F8FF.
---@param text string
---@return string|false plain
---@return (string|integer|false)[]? runs
---@return (string|false)[]? holes  nil where there are none.
---@return string[]? spans          nil where there are none.
function engine.text.inline(text) end

---@class engine.MarkdownBlock
---@field kind "text"|"heading"|"quote"|"list"|"item"|"code"|"rule"|"table"|"row"|"cell"
---@field line integer              Of the text, from 1.
---@field level? integer            Of a heading.
---@field start? integer            Of an ordered list.
---@field tight? boolean            Of a list.
---@field head? boolean             Of a cell.
---@field align? "left"|"center"|"right"  Of a cell.
---@field title? string             Of the image that its text begins with.
---@field runs? (string|integer|false)[]  Its text, as `engine.text.inline` has it;
---@field holes? (string|false)[]   with the placeholders
---@field spans? string[]           and the attributes of the whole document.

--- A document in Markdown (CommonMark and tables) as its blocks, in which their blocks are listed likewise. Code is
--- text in which nothing is a placeholder.
---@param text string
---@return engine.MarkdownBlock[]
function engine.text.markdown(text) end

-- pages --------------------------------------------------------------------------------------------------------------

---@class engine.Document  One per rendering: the host makes it and hands it to the library.
local Document = {}

---@param width number
---@param height number
---@return engine.Page
function Document:page(width, height) end
---@return integer
function Document:page_count() end
--- Title, author, subject, keywords, language and standards of the document; may be set until the first page is added.
--- What the standards ask of a report is an error, blamed on `place` ("file:line").
---@param meta {title?:string, author?:string, subject?:string, keywords?:string, language?:string, creator?:string, standard?:string, place?:string}
function Document:metadata(meta) end
--- Names a place for links: "#name" points there.
---@param name string
---@param page engine.Page
---@param x number
---@param y number
function Document:destination(name, page, x, y) end
--- Names a place that is on none of the document's pages, which are some of the report's only: links to it lead nowhere.
---@param name string
function Document:elsewhere(name) end
---@param title string
---@param level integer            From 1; grows by 1 at most.
---@param page engine.Page
---@param y number
function Document:bookmark(title, level, page, y) end
--- From page `first` (from 1) on: style "1", "I", "i", "A", "a" or "" (prefix alone), counting from `start`.
---@param first integer
---@param style string
---@param prefix? string
---@param start? integer
function Document:label(first, style, prefix, start) end
--- Hands over the ledger of figures, which the PDF carries as "figures.json": entries as ledger.lua makes them.
---@param ledger table[]
function Document:figures(ledger) end

-- images -------------------------------------------------------------------------------------------------------------

engine.image = {}

---@class engine.Image
---@field width number             Pixels; of a drawing (SVG) those of 1/96 inch, and parts of them.
---@field height number
---@field dpi number
---@field title string             What a drawing says that it shows; "" where it, or a picture, says nothing.
---@field is_drawing boolean       An SVG.

--- Opens a PNG, JPEG or SVG below the layout's folder, the library or an allowed folder. Relative to the layout's folder.
---@param file string
---@return engine.Image
function engine.image.load(file) end
--- A QR code of a text: the modules of a side, and the path of the dark ones, each 1 by 1, without the quiet zone. `level` of
--- correction: "M" when left out.
---@param text string
---@param level? "L"|"M"|"Q"|"H"
---@return integer modules
---@return (string|number)[] path
function engine.image.qr(text, level) end

-- format -------------------------------------------------------------------------------------------------------------

engine.format = {}

---@class engine.NumberStyle
---@field language? string         The report's when left out.
---@field decimals? integer        Exactly as many; as many as the value has when left out.
---@field grouping? boolean        true when left out.
---@field plus? boolean
---@field percent? boolean         The value is in percent (34.8).
---@field compact? boolean         In the words of the language: "1.2 million", "1万", "1.2亿". Exact ("1.23456789亿")
---unless `decimals` says how many there are at most.
---@field spelled? boolean         "eight".

---A number as readers of the language expect it; below zero with a minus (U+2212).
---@param value number
---@param style? engine.NumberStyle
---@return string
function engine.format.number(value, style) end
---@param date string              ISO 8601 day, month, quarter, year or interval.
---@param style? string|{style?:string, language?:string}  "long" (default), "medium", "short", "month" or an ICU skeleton.
---@return string
function engine.format.date(date, style) end
---@param value number
---@param language? string
---@return "zero"|"one"|"two"|"few"|"many"|"other"
function engine.format.plural(value, language) end
---@param items string[]
---@param language? string
---@return string
function engine.format.list(items, language) end

-- data
-- ---------------------------------------------------------------------------------------------------------------
-- `data` is the first argument of a layout. All of it is read-only; texts are in the report's language. Lists are
-- indexed from 1, know `#` and `ipairs`, and answer by id (`data.indicators.rd_institutions`); an unknown id is an
-- error that suggests the nearest ones. `data.indicators:has(id)` asks without an error.

---@class engine.Source
---@field id string
---@field title string
---@field publisher string
---@field url string
---@field date string

---@class engine.Observation
---@field period string
---@field value number
---@field qualifier "exact"|"more_than"|"at_least"|"about"
---@field status "A"|"E"|"P"
---@field wording string           "" where the number says it.
---@field source engine.Source?
---@field locator string
---@field derived boolean          Computed from the indicator's formula, not given.

---@class engine.Indicator  Fields of the newest observation, and of the indicator.
---@field id string
---@field label string
---@field note string
---@field theme engine.Theme?
---@field value number
---@field period string
---@field qualifier "exact"|"more_than"|"at_least"|"about"
---@field status "A"|"E"|"P"
---@field wording string
---@field unit string              In the number the value asks for (station, stations); "" where it has none.
---@field symbol string            "%", "m²"; "" where the unit is a word.
---@field decimals integer         -1: as many as the value has.
---@field frequency ""|"A"|"S"|"Q"|"M"|"W"|"B"|"D"  How often there is a new value, as SDMX has it; "" where the data do not say.
---@field source engine.Source?
---@field locator string
---@field derived boolean          The newest observation was computed, not given.
---@field formula string           What derived observations were computed from; "" where all are given.
local Indicator = {}
--- All observations, oldest first.
---@return engine.Observation[]
function Indicator:series() end
--- The indicators that sum to it (empty list where none are named).
---@return engine.Indicator[]
function Indicator:parts() end
--- The indicators it was computed from.
---@return engine.Indicator[]
function Indicator:inputs() end
--- Against its previous period: absolute and in percent; nil where there is none.
---@return {absolute:number, percent:number, from:string, to:string}?
function Indicator:change() end

---@class engine.FormatOptions : engine.NumberStyle
---@field qualifier? boolean       "more than 600"; true when left out.
---@field unit? boolean            "50 stations"; false when left out. A symbol (%, m²) is always set unless false.
---@field wording? boolean         Prefer the source's wording ("one third"); false when left out.
---@field period? string           Another observation than the newest.
--- The value as a reader expects it.
---@param options? engine.FormatOptions
---@return string
function Indicator:format(options) end

---@class engine.Theme
---@field id string
---@field title string
---@field summary string
---@field indicators engine.Indicator[]

---@class engine.Statement
---@field id string
---@field date string
---@field theme engine.Theme?
---@field title string
---@field text string
---@field role string
---@field url string
---@field source engine.Source?
---@field locator string

---@class engine.Column
---@field id string
---@field type "text"|"number"|"date"|"boolean"
---@field title string
---@field unit string

---@class engine.Table
---@field id string
---@field title string
---@field columns engine.Column[]
local Table = {}
---@return integer
function Table:count() end
--- A cell by row (from 1) and column (from 1, or its id); nil where it is empty.
---@param row integer
---@param column integer|string
---@return string|number|boolean|nil
function Table:cell(row, column) end
--- Iterates over the rows: `for i, row in t:rows() do row.name end`; `row` is one object, moved on each step.
function Table:rows() end

---@class engine.Data
---@field language string          Of the report.
---@field dataset {id:string, title:string, subtitle:string, publisher:string, languages:string[], published:string}
---@field event {name:string, venue:string, host:string, place:string, start:string, ["end"]:string, speakers:{name:string, role:string, organisation:string}[], source:engine.Source?, locator:string}|nil
---@field sources engine.Source[]
---@field themes engine.Theme[]
---@field indicators table<string, engine.Indicator>
---@field milestones engine.Statement[]
---@field policies engine.Statement[]
---@field partners engine.Statement[]
---@field checks {id:string, expression:string, text:string}[]
---@field tables table<string, engine.Table>

-- the rendering ------------------------------------------------------------------------------------------------------

--- Facts of this rendering: {language=, layout_folder=, boxes=boolean, is_check=boolean, pages_most=integer, date="YYYY-MM-DD",
--- ranges={first, last, ...}}: the pages that reach the PDF; empty: all.
---@type {language:string, layout_folder:string, boxes:boolean, is_check:boolean, pages_most:integer, date:string, ranges:integer[]}
engine.job = {}

--- Adds a warning or a finding of `check`; a note is a finding of `check` that a rendering does not tell. `place` is
--- "file:line".
---@param level "warning"|"finding"|"note"
---@param text string
---@param place? string
function engine.report(level, text, place) end

--- The place "file:line" of the first caller outside the library: blocks remember it for their messages.
---@return string
function engine.caller() end
--- The line of a layout's file that a place names; nil where there is none.
---@param place string              "file:line".
---@return string?
function engine.source_line(place) end
--- True where a value is of a kind: a Lua type ("number": one that is finite), "any", "length" (a number or text),
--- "color" (text), "style" (text or a table), "integer", "amount" (from 0), "count" (a whole amount), or one of a
--- list of words.
---@param value any
---@param kind string|string[]
---@return boolean
function engine.fits(value, kind) end
--- True where each value with a name is of the kind that `known`, or else `common`, has under that name.
---@param values table
---@param known table<string, string|string[]>
---@param common? table<string, string|string[]>
---@return boolean
function engine.all_fit(values, known, common) end

--- From now on errors that are raised while no line of the layout runs name `context.at`, a place "file:line".
---@param context {at:string?}
function engine.blame(context) end

--- The nearest of `names` to a misspelt word, or nil.
---@param word string
---@param names string[]
---@return string?
function engine.nearest(word, names) end

--- Whether a file, seen from the layout's folder, is there and may be read; where not, why.
---@param file string
---@return boolean? ok
---@return string? why
function engine.readable(file) end

--- Ends the run because a limit was reached (exit code 76): "more than 10 pages; --max-pages allows more".
---@param text string
---@param place? string             "file:line"; the layout's line when left out.
function engine.limit(text, place) end

--- The host calls `require("briefpress.run").render(report, document, data, params)` with what the layout returned.

return engine
