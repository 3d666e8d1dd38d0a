---@meta briefpress.engine.page
--- The canvas of one page, as the C engine gives it. Lengths are points, y grows downwards from the top left corner,
--- colours are "#rgb", "#rrggbb" or "#rrggbbaa". Every option table refuses keys it does not know.

---@class engine.Paint
---@field fill? string|engine.Gradient
---@field stroke? string
---@field line_width? number       1 when left out.
---@field cap? "butt"|"round"|"square"
---@field join? "miter"|"round"|"bevel"
---@field dash? number[]
---@field dash_phase? number
---@field even_odd? boolean

---@class engine.Gradient  Along the axis from (x0, y0) to (x1, y1); with r1 it is radial, from the circle of radius r0 around
--- the first point to that of r1 around the second.
---@field x0 number
---@field y0 number
---@field x1 number
---@field y1 number
---@field r0? number              0 when left out.
---@field r1? number
---@field stops {[1]:number, [2]:string}[]   Offset 0 to 1 and colour, which may be transparent ("#1b365d00").

---@class engine.Page  The canvas of one page.
---@field width number
---@field height number
---@field number integer           From 1.
local Page = {}

--- Draws a path: a flat list such as {"M", 0, 0, "L", 10, 0, "C", x1, y1, x2, y2, x, y, "R", x, y, w, h, "Z"}.
---@param path (string|number)[]
---@param paint engine.Paint
function Page:path(path, paint) end
--- A rectangle; `paint.radius` rounds its corners.
---@param x number
---@param y number
---@param width number
---@param height number
---@param paint engine.Paint|{radius?:number}
function Page:rect(x, y, width, height, paint) end
---@param x1 number
---@param y1 number
---@param x2 number
---@param y2 number
---@param paint engine.Paint
function Page:line(x1, y1, x2, y2, paint) end
---@param x number                 Centre.
---@param y number
---@param radius number
---@param paint engine.Paint
function Page:circle(x, y, radius, paint) end
--- Many filled dots of one size and colour: {x1, y1, x2, y2, ...} are their centres,
--- which are rounded to hundredths of a point.
---@param centers number[]
---@param radius number
---@param color string
function Page:dots(centers, radius, color) end
--- A ring or pie slice. Angles in degrees, 0 at 12 o'clock, clockwise. `inner` 0: a pie slice.
---@param x number
---@param y number
---@param outer number
---@param inner number
---@param from number
---@param to number
---@param paint engine.Paint
function Page:sector(x, y, outer, inner, from, to, paint) end
--- The soft shadow of a box, drawn before it and without a picture: an artifact, so within one. `blur` (8 when left out) is how
--- wide its edge is, the alpha of `color` ("#00000040") how strong it is; it falls `dx` (0) and `dy` (2) beside the box.
---@param x number
---@param y number
---@param width number
---@param height number
---@param shadow? {radius?:number, blur?:number, dx?:number, dy?:number, color?:string}
function Page:shadow(x, y, width, height, shadow) end
--- Graphics state: nests at most 24 deep, must be balanced on the page.
function Page:save() end
function Page:restore() end
---@param path (string|number)[]
---@param even_odd? boolean
function Page:clip(path, even_odd) end
---@param a number
---@param b number
---@param c number
---@param d number
---@param e number
---@param f number
function Page:transform(a, b, c, d, e, f) end
---@param opacity number
function Page:opacity(opacity) end
--- How colours mix with what lies below, until the matching restore.
---@param mode "normal"|"multiply"|"screen"|"overlay"|"darken"|"lighten"
function Page:blend(mode) end

--- One line of text with its baseline at y; `align` "left" (default), "center" or "right" says what x is.
---@param style engine.Style
---@param x number
---@param y number
---@param text string
---@param align? "left"|"center"|"right"
---@return number width
function Page:text(style, x, y, text, align) end
--- One row of a table, tagged: a TR with a TD for each of `texts[first]`, `texts[first + 1]` ... in `styles[i]` at
--- `x + offsets[i]` with the baseline at y; `aligns[i]` is 0 (left), 0.5 (centre) or 1 (right). The one that `header`
--- counts to is the header of the row, a TH.
---@param styles engine.Style[]
---@param offsets number[]
---@param aligns number[]
---@param texts string[]
---@param first integer
---@param x number
---@param y number
---@param header? integer
---@param headers? string          Ids that this cell, or else the first, names as its headers; blanks between.
function Page:row(styles, offsets, aligns, texts, first, x, y, header, headers) end
--- Lines `first` to `last` (from 1; all when left out) of a laid-out paragraph; the top of the first at y.
---@param paragraph engine.Paragraph
---@param x number
---@param y number
---@param first? integer
---@param last? integer
function Page:paragraph(paragraph, x, y, first, last) end
--- A picture or a drawing over the whole of a box. Of a drawing, `style` lends its fonts and language to the text in it, and
--- `ink` is the colour of what is drawn in "currentColor" or names no colour; pictures take neither.
---@param image engine.Image
---@param x number
---@param y number
---@param width number
---@param height number
---@param look? {style?:engine.Style, ink?:string}
function Page:image(image, x, y, width, height, look) end
---@param x number
---@param y number
---@param width number
---@param height number
---@param target string            "https://..." or "#name".
---@param title? string
function Page:link(x, y, width, height, target, title) end

---@class engine.TagOptions
---@field alt? string          What it shows, for who cannot see it.
---@field actual_text? string  What its glyphs say.
---@field expansion? string    What an abbreviation is short for.
---@field language? string     BCP 47, where it is not that around it.
---@field title? string
---@field scope? "Row"|"Column"|"Both"  Of a TH.
---@field headers? string[]    Of a TH or TD: ids of the TH that speak of it, where their scope does not tell.
---@field numbering? "None"|"Disc"|"Circle"|"Square"|"Decimal"|"UpperRoman"|"LowerRoman"|"UpperAlpha"|"LowerAlpha"  Of an L.
---@field column_span? integer
---@field row_span? integer
---@field id? string
---@field box? number[]        What it takes of the page: x, y, width, height.

--- Begins an element of the structure tree: what is drawn until its end belongs to it. Elements with the same `id` are
--- one, on other pages too.
---@param tag string               A PDF structure type: "P", "H1", "Table", "TR", "TH", "TD", "Figure", "L" ...
---@param options? engine.TagOptions
function Page:begin_tag(tag, options) end
function Page:end_tag() end
--- The element `id`, which is drawn later (a footnote, a float), is read here, within the tag that is open.
---@param id string
function Page:reserve_tag(id) end
--- Two numbers. The first grows between two calls where something was painted meanwhile; the second, where it was outside
--- of any tag and artifact.
---@return integer painted
---@return integer loose
function Page:painted() end
--- Begins a section: what follows at the top level, on any page, belongs to it until one of this level or a higher one
--- begins. Within a tag or an artifact nothing happens.
---@param level integer            From 1.
---@param type? "Sect"|"Part"|"Art"
---@param options? engine.TagOptions
function Page:begin_section(level, type, options) end
---@param type? "Header"|"Footer"|"Background"|"Layout"|"Pagination"|"Page"|"Watermark"  "Page" are aids of printing.
function Page:begin_artifact(type) end
function Page:end_artifact() end
--- The page is trimmed to its size after printing: what is drawn up to `bleed` points beyond its edges is printed, and up to
--- `slug` points beyond them (the bleed when left out) there is paper for marks.
---@param bleed number
---@param slug? number
function Page:trim(bleed, slug) end
--- Compresses what was drawn and frees it; drawing may go on later (headers and footers that need the page count).
function Page:finish() end
