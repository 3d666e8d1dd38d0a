---@meta briefpress
--- The layout library: `local b = require "briefpress"`. Components make blocks; a report is a tree of blocks. Positional
--- children first, options by name: `b.row { gap = 12, b.figure "a", b.figure "b" }`. A string among children stands for
--- `b.text`; false and nil are left out, so that `condition and block` works; lists of blocks are opened up.
---
--- Lengths are points or "20mm", "2cm", "1in", "50%", "2fr". Colours are names of the theme ("accent", "muted", "series.2")
--- or "#rrggbb". A component with one thing to say may be called without a table: `b.text "..."`, `b.figure "visits"`.
--- Unknown options are errors with a suggestion, blamed on the layout's line. `print` in a layout writes a warning with its line
--- to standard error, so that one that was forgotten is seen.

---@class briefpress.Library
local b = {}

---@class briefpress.options.block What every block takes beside its own options.
---@field id? string  A name for links (`#id`), `{page:id}` and references; each stands once in a report.
---@field space_before? number|string  Wanted above it, in points; the larger of two neighbours' spaces counts, none at the top of a page.
---@field space_after? number|string  Wanted below it, in points.
---@field keep_with_next? boolean  Whether it stays on the page of what follows it; false when left out, true of headings.

-- The block protocol ----------------------------------------------------------------------------------------------

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
--- `false` instead of a fragment: it has nothing to show here. scripts/briefpress/BLOCKS.md tells all of it.
---@param cx briefpress.Context
---@param width number
---@param height number
---@return briefpress.Fragment|false|nil fragment
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

--- A block of your own, equal to the shipped ones: it flows, splits, nests and is tagged like them. scripts/briefpress/BLOCKS.md
--- tells how to write one.
---
---     b.block {
---       measure = function(self, cx, width) return 40, width end,
---       layout = function(self, cx, width, height) return fragment, rest end,
---     }
---@param spec {measure?:function, layout:function, alt?:string, decorative?:boolean, uses_pages?:boolean, children?:briefpress.Block[], space_before?:number, space_after?:number, keep_with_next?:boolean}
---@return briefpress.Block
function b.block(spec) end

return b
