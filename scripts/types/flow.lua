---@meta
--- How blocks stand on pages: below each other, side by side, on each other, at places, and what happens where a page ends.

---@class briefpress.Library
local b = {}

-- Side by side ----------------------------------------------------------------------------------------------------

---@class briefpress.options.row : briefpress.options.block
---@field gap? number|string  Between neighbours; the theme's `gap` when left out.
---@field widths? (number|string)[]  One for each child: points, "30%" of what the gaps leave, "2fr" (a share of what is left), or "auto" (as wide as its content wants); all equal when left out.
---@field align? "top"|"middle"|"bottom"|"stretch"  Of its children: "top" also brings first baselines to one level, "stretch" makes cards end together; "top" when left out.
---@field rule? boolean  Hairlines between the children; none when left out.

--- Blocks side by side. What does not fit on the page goes on beside each other on the next. A `b.fill()` among them
--- takes the width that its neighbours leave.
---
---     b.row { widths = { "1fr", "2fr" }, b.figure "staff", b.text "What the figure says." }
---     b.row { "Left", b.fill(), "Right" }
---@param spec briefpress.options.row
---@return briefpress.Block
function b.row(spec) end

---@class briefpress.options.grid : briefpress.options.block
---@field columns? integer  How many there are; as many as there are `widths`, or 3, when left out.
---@field widths? (number|string)[]  Of the columns: points, "30%" of what the gaps leave, or "2fr"; all equal when left out.
---@field gap? number|string  Between columns; the theme's `gap` when left out.
---@field row_gap? number|string  Between rows; the theme's `gap` when left out.
---@field rules? boolean  A hairline above each row; none when left out.
---@field align? "top"|"middle"|"bottom"|"stretch"  Of the cells in their rows, as in b.row; "top" when left out.
---@field row_heights? (number|string)[]  Of the rows, from the first: points, "30%", "1fr" (a share of what is left), or "auto" (as high as its cells), which is usual.
---@field height? number|string  Of the whole grid; "%" is of the room that is left. As high as its rows when left out.
---@field overflow? "error"|"mark"  What happens where a cell is higher than rows of a height of their own; that of the report when left out.

--- Blocks in rows of columns, from left to right and down; its figures share one size. A `b.cell` may span columns and rows, or
--- say where it stands; the others take the next free places, as in a grid of CSS. Pages break between rows, and inside
--- of one that no cell spans.
---
---     b.grid { columns = 3, b.cell { columns = 2, rows = 2, chart }, b.figure "staff", b.figure "visits" }
---@param spec briefpress.options.grid
---@return briefpress.Block
function b.grid(spec) end

---@class briefpress.options.cell : briefpress.options.stack
---@field columns? integer  That it spans; 1 when left out.
---@field rows? integer  That it spans; 1 when left out.
---@field column? integer  That it begins in; the next that is free when left out.
---@field row? integer  That it begins in; the next that is free when left out.

--- A cell of a grid: a stack, with all options of one, that may span columns and rows. One with a `fill` is as high as its rows.
---@param spec briefpress.options.cell
---@return briefpress.Block
function b.cell(spec) end

---@class briefpress.options.columns : briefpress.options.block
---@field count? integer  How many there are; 2 when left out.
---@field gap? number|string  Between them; the theme's `gap` when left out.
---@field rule? boolean  Hairlines between them; none when left out.

--- Blocks that flow through columns of equal height, and on over pages. A `b.span` among them is as wide as all columns: what is
--- above it is balanced for itself, and so is what is below.
---
---     b.columns { count = 3, rule = true, b.text(first), b.span { b.heading "Over all columns" }, b.text(second) }
---@param spec briefpress.options.columns
---@return briefpress.Block
function b.columns(spec) end

---@class briefpress.options.span : briefpress.options.block
---@field gap? number|string  Between its blocks, instead of the spaces they want.

--- Blocks that are as wide as all columns of the b.columns they stand in.
---@param spec briefpress.options.span
---@return briefpress.Block
function b.span(spec) end

-- Below each other ------------------------------------------------------------------------------------------------

---@class briefpress.options.stack : briefpress.options.block
---@field gap? number|string  Between all children, instead of the spaces they want.
---@field height? number|string  Of the box, padding included; "%" is of the room that is left. What does not fit is an error, or a mark. As high as its content when left out.
---@field overflow? "error"|"mark"  What happens where the content is higher than `height`; that of the report when left out.
---@field keep? boolean  Goes to the next page as a whole rather than being split; false when left out.
---@field padding? number|string|table  Inside of the box: a length, or a table of `x` and `y`, or of `top`, `right`, `bottom` and `left`; 0 when left out.
---@field fill? string  Colour of the ground; texts are checked for contrast against it.
---@field width? number|string  Of the box; all there is when left out.
---@field align? "left"|"center"|"right"  Of a box that is narrower than the room; "left" when left out.
---@field border? string  Colour of a line around it; none when left out.
---@field edge? "left"|"right"|"top"|"bottom"  The one side that the border is drawn on; all sides when left out.
---@field thickness? number  Of the border, in points; 0.4 when left out.
---@field radius? number  Of its corners, in points; 0 when left out.
---@field shadow? boolean  A soft shadow below the box, in the theme's colour and distance `shadow`. A box without a `fill` gets the colour of the paper. None when left out.

--- Blocks below each other as one: a box, a card, a group that stays together.
---
---     b.stack { padding = 12, fill = "accent_soft", b.heading { "In short", level = 3 }, "One sentence." }
---@param spec briefpress.options.stack
---@return briefpress.Block
function b.stack(spec) end

---@class briefpress.options.keep : briefpress.options.block
---@field gap? number|string  Between all children, instead of the spaces they want.

--- Blocks that stay on one page. Where no page holds them they are split, and `briefpress check` says so.
---
---     b.keep { b.text "How the figures were counted:", b.list { "at the end of the year", "at the seat" } }
---@param spec briefpress.options.keep
---@return briefpress.Block
function b.keep(spec) end

---@class briefpress.options.wrap : briefpress.options.block
---@field figure briefpress.Block|briefpress.Block[]  What the others go round; needed.
---@field side? "right"|"left"  Where the figure stands; "right" when left out.
---@field width? number|string  Of the figure; "40%" when left out.
---@field gap? number|string  Between the figure and what is beside it; the theme's `gap` when left out.
---@field gap_below? number|string  Kept free below the figure; half of the gap when left out.
---@field least? number  Points that must be left beside the figure; 72 when left out.

--- Text that goes round a figure: beside it first, then below, and on over pages. The lines of a paragraph are chosen as a
--- whole, each for the room that it has. Lists and other blocks stand beside the figure as far as they fit there.
---
---     b.wrap { side = "left", width = "35%", figure = b.image { "park.jpg", alt = "The park", caption = "In spring" },
---       b.text "The park was opened in 1998 ..." }
---@param spec briefpress.options.wrap
---@return briefpress.Block
function b.wrap(spec) end

-- Spaces and breaks -----------------------------------------------------------------------------------------------

--- Exactly this much space between two blocks, whatever they want themselves; dropped at the top of a page. Where room must
--- stay empty there too (a letter's fold, a stamp), an empty box keeps it: `b.stack { height = "40mm" }`.
---
---     b.text "First", b.space(24), b.text "Second"
---@param height number|string
---@return briefpress.Block
function b.space(height) end

--- A space that takes what is left: of the page's height, of a column's or a box's; in a row of its width. Several share
--- it by their weights, so that two of them centre what stands between. In a stack without a height it takes
--- what is left of the page; in a row of cards it waits for the highest of them.
---
---     b.fill(), b.text "In the middle of the page", b.fill()
---@param weight? number  1 when left out.
---@return briefpress.Block
function b.fill(weight) end

--- What follows begins on a new page, or on the next page on a side: then one is left blank where need be. At a page's top
--- it does nothing.
---@param side? "left"|"right"
---@return briefpress.Block
function b.page_break(side) end

--- What follows begins a new page unless so much is left of this one: `b.need(120)` in front of a chart's introduction.
--- A heading just before goes along.
---@param height number|string  Points; "%" is of the page between its margins.
---@return briefpress.Block
function b.need(height) end

---@class briefpress.options.rule : briefpress.options.block
---@field color? string  "faint" when left out.
---@field thickness? number  Points; 0.4 when left out.
---@field width? number|string  Of the line; all there is when left out.

--- A horizontal line.
---
---     b.rule { color = "accent", thickness = 2, width = "30%" }
---@param spec? briefpress.options.rule
---@return briefpress.Block
function b.rule(spec) end

-- Chosen where it stands ------------------------------------------------------------------------------------------

---@class briefpress.PagePlace  Where a block comes to stand, as a condition is told.
---@field number integer  Of the page.
---@field room number  What is left of its height, in points.
---@field width number  That the block has.
---@field language string  Of the report.
---@field count? integer  Of all pages; nil unless the block says uses_pages = true.

--- A block where a condition holds, else another, or nothing. A condition that is a function is asked where the block comes to
--- stand. Headings may depend only on what is known before: on anything but a function.
---
---     b.when(data.indicators:has "rents", b.figure "rents")
---     b.when(function(page) return page.number % 2 == 0 end, b.text "On the left", b.text "On the right")
---@param condition boolean|fun(page:briefpress.PagePlace):boolean|any
---@param block briefpress.Block|string
---@param otherwise? briefpress.Block|string
---@return briefpress.Block|false
function b.when(condition, block, otherwise) end

---@class briefpress.options.if_room : briefpress.options.block
---@field height? number|string  Room that the first block needs at least, beside its own height; none when left out.

--- The first of its blocks that fits whole into what is left of the page; else the last of them, which may go on over
--- pages. A single block that does not fit is left out: a picture that fills a page's end.
---
---     b.if_room { b.image { "map.png", alt = "The zone" } }
---     b.if_room { long_table, short_table }
---@param spec briefpress.options.if_room
---@return briefpress.Block
function b.if_room(spec) end

---@class briefpress.options.each : briefpress.options.block
---@field page? boolean  Each row begins a page of its own, and so does what follows them all; false when left out.
---@field gap? number|string  Between the blocks of rows, instead of the spaces they want.

--- A block for each row of a list, or of a table of the data. What makes it is called when the flow comes to the row, and before
--- that once to count headings; it must answer the same each time. So ten thousand pages take little memory. It may answer a block, a text, a
--- list of them, or nothing. A row of a table of the data has its columns as fields.
---
---     b.each(data.tables.members, function(member) return { b.heading(member.name), b.text(member.town) } end, { page = true })
---@param rows any[]|engine.Table
---@param make fun(row:any, number:integer):briefpress.Block|string|table|nil
---@param spec? briefpress.options.each
---@return briefpress.Block
function b.each(rows, make, spec) end

-- On each other, and at places ------------------------------------------------------------------------------------

---@class briefpress.options.layers : briefpress.options.block
---@field height? number|string  Of the box; that of its highest layer when left out.
---@field overflow? "error"|"mark"  What happens where a layer is higher than `height`; that of the report when left out.

--- Blocks on each other, the first lowest, on one page. Stacks among them grow to the height of all; a `b.place` among
--- them is measured in their box.
---
---     b.layers { b.image { "harbour.jpg", alt = "The harbour" },
---       b.place { right = 12, bottom = 12, width = 180, b.stack { fill = "paper", padding = 6, b.text "Words on it" } } }
---
--- A band to the edges of the paper behind a title is a canvas that draws beyond its own box, and a stack over it. The `fill` of
--- the stack says what the words stand on: nobody can know what a canvas or a picture will draw, so without it light words
--- are held against the paper, and a rendering warns of them; `check` looks at what was drawn.
---
---     b.layers { height = 78,
---       b.canvas { height = 78, decorative = true, draw = function(canvas, x, y, width, height, cx)
---         canvas:rect(0, 0, canvas.width, y + height, { fill = cx:color "ink" })
---       end },
---       b.stack { fill = "ink", b.heading { "Air quality", color = "on_accent", space_before = 0 } } }
---@param spec briefpress.options.layers
---@return briefpress.Block
function b.layers(spec) end

---@class briefpress.options.place : briefpress.options.block
---@field x? number|string  From the left edge of what it is placed in; "%" is of its width.
---@field y? number|string  From the top edge; "%" is of the height.
---@field right? number|string  From the right edge.
---@field bottom? number|string  From the bottom edge.
---@field width? number|string  Of the block; what is between `x` and `right` when left out, or what its content wants.
---@field height? number|string  Of the room it has; all down to the edge when left out.
---@field of? "margins"|"page"|"here"  What it is placed in: the room between the page's margins, the page, or where it stands in the flow; in b.layers it is their box. "margins" when left out.
---@field anchor? "corner"|"center"  "center": in the middle along each axis that has no x, y, right or bottom; "corner" when left out.
---@field overflow? "error"|"mark"  What happens where the content does not fit; that of the report when left out.

--- Blocks at a place of the page, or of the layers it is one of. They take no room in the flow, and are read where they stand in it.
--- What stands there is drawn over: a place with a `fill` hides the text below it, and nothing tells you. Keep the room free with
--- margins, `b.wrap`, or an empty `b.stack { height = ... }`.
---
---     b.place { of = "page", right = "12mm", y = "12mm", width = 90, b.image { "seal.png", alt = "Seal" } }
---@param spec briefpress.options.place
---@return briefpress.Block
function b.place(spec) end

-- Smaller, and turned ---------------------------------------------------------------------------------------------

---@class briefpress.options.fit : briefpress.options.block
---@field width? number|string  Of the box; all there is when left out.
---@field height? number|string  Of the box; "%" is of the room that is left. What is left of the page when left out.
---@field least? number  The smallest size that will do, as a part of 1: from 0.1; 0.7 when left out.
---@field overflow? "error"|"mark"  What happens where even that does not fit; that of the report when left out.

--- Blocks that are drawn smaller, letters and spaces alike, until they fit into a box; in steps of a hundredth, and no smaller
--- than `least`. `briefpress check` says by how much.
---
---     b.fit { height = "60mm", least = 0.8, b.table { rows = rows } }
---@param spec briefpress.options.fit
---@return briefpress.Block
function b.fit(spec) end

---@class briefpress.options.rotate : briefpress.options.block
---@field angle? integer  In degrees, clockwise: -90 (read upwards), 90 (downwards) or 180; -90 when left out.
---@field length? number|string  Of the turned lines; as long as they want when left out.

--- Blocks that are turned: the spine of a poster, the head of a narrow column.
---
---     b.row { widths = { "auto", "1fr" }, b.rotate { "Employment" }, b.chart.bar { data.indicators.staff:parts() } }
---@param spec briefpress.options.rotate
---@return briefpress.Block
function b.rotate(spec) end

return b
