---@meta
--- Pictures, drawings, icons, QR codes, and what is drawn by hand.

---@class briefpress.Library
local b = {}

-- Pictures and drawings ---------------------------------------------------------------------------------------------

---@class briefpress.options.image : briefpress.options.block
---@field width? number|string  Points, "50mm", or "60%" of the room; its own size at its resolution when left out, at most the room, and all of the room with `fit = "cover"`.
---@field height? number|string  Points or "50mm"; as the width and the picture's form ask for when left out.
---@field alt? string  What the image shows, for people who cannot see it; "" marks an ornament. Needed, unless a drawing says it in its <title>.
---@field caption? string  A text below it, in the style "caption"; none when left out.
---@field fit? "contain"|"cover"  In a box of another form, "contain" shows all of the image, "cover" fills the box and cuts what does not fit; "contain" when left out.
---@field focus? number[]  What stays in view with `fit = "cover"`: parts of its width and height from the top left corner, { 0.5, 0.2 } for its upper middle; { 0.5, 0.5 } when left out.
---@field crop? briefpress.options.image.crop  What is cut away before all else; nothing when left out.
---@field radius? number|string  Of round corners: points, or "50%" of the shorter side; square when left out.
---@field align? "left"|"center"|"right"  Where it stands in a wider room; "left" when left out.
---@field ink? string  Of a drawing: the colour of what is drawn in "currentColor" or names no colour; "#1b365d" or a colour of the theme.

---@class briefpress.options.image.crop
---@field left? number|string  Pixels of the picture, or "10%" of its width; 0 when left out.
---@field top? number|string  Pixels, or "10%" of its height; 0 when left out.
---@field right? number|string  Pixels, or "10%" of its width; 0 when left out.
---@field bottom? number|string  Pixels, or "10%" of its height; 0 when left out.

--- A picture (PNG, JPEG) or a drawing (SVG) of a file below the layout's folder. Text in a drawing stays text, in the fonts of
--- the style "label"; what a drawing holds and the engine does not understand (effects, patterns, markers, pictures) is an
--- error with the line of the drawing. One that is shown often is written once.
---
---     b.image { "harbour.jpg", height = "60mm", fit = "cover", focus = { 0.5, 0.3 }, radius = 4, alt = "The new harbour" }
---     b.image "process.svg"
---@param spec briefpress.options.image
---@return briefpress.Block
function b.image(spec) end

---@class briefpress.options.icon : briefpress.options.block
---@field size? number|string  Its height, points or "8mm"; 16 points when left out.
---@field color? string  Of what is drawn in "currentColor" or names no colour; "text" when left out.
---@field alt? string  What it says, where the words beside it do not say it; an ornament when left out.
---@field align? "left"|"center"|"right"  Where it stands in a wider room; "left" when left out.

--- A drawing (SVG) in one colour of the theme, as sets of icons have them. In a text it is `![](icon.svg)`, in the colour of the
--- words.
---
---     b.icon { "icons/factory.svg", size = 24, color = "accent" }
---@param spec briefpress.options.icon
---@return briefpress.Block
function b.icon(spec) end

-- QR codes ----------------------------------------------------------------------------------------------------------

---@class briefpress.options.qr : briefpress.options.block
---@field size? number|string  Of its side with the quiet zone, points or "25mm", which it is when left out.
---@field level? "L"|"M"|"Q"|"H"  How much of it may be dirty or torn: 7, 15, 25 or 30 %; "M" when left out.
---@field quiet? boolean  An empty zone of four modules around it, without which many readers fail; true when left out. A caption begins level with the modules. With `false` the code stands flush with what is around it; then four modules around it must be empty otherwise: the padding of a box on a light ground will do.
---@field alt? string  For people who cannot see it; "QR code: " and its content, in the report's language, when left out.
---@field color? string  Of the modules; "ink" when left out. On a dark page the code is black on white, for not all readers take the reverse.
---@field align? "left"|"center"|"right"  Where it stands in a wider room; "left" when left out.
---@field link? boolean  An address (https:, mailto:, tel:) is a link too; true when left out.
---@field caption? string  A text below it, in the style "caption"; none when left out.

--- A QR code of an address or any other text, drawn as one path. Modules too small to be scanned are a finding of `check`.
---
---     b.qr { "https://example.org/air-quality", size = "22mm", caption = "All data" }
---@param spec briefpress.options.qr
---@return briefpress.Block
function b.qr(spec) end

-- By hand -----------------------------------------------------------------------------------------------------------

---@class briefpress.options.canvas : briefpress.options.block
---@field width? number|string  Points, "50mm", "60%"; the whole room when left out.
---@field height? number|string  Points, "50mm", or "60%" of what is left of the page; all that is left when left out.
---@field alt? string  What the drawing shows, with the values that it shows: the drawing is one figure, and this is read instead of what is in it. A drawing without it is passed over, and is a finding of `check` unless it is `decorative`.
---@field decorative? boolean  The drawing is an ornament, which nothing needs to be said of: `true` is what `alt = ""` says, too; false when left out.
---@field draw? fun(canvas:engine.Page, x:number, y:number, width:number, height:number, cx:briefpress.Context)  Draws into the box; may also stand without a name. Called when the page is drawn, and never before.

--- A drawing by hand: the function gets the page, the box in points from the page's top left corner, and the context, which
--- knows the theme's colours and styles. The box is where it has room; it may draw outside of it, up to the edges of the paper
--- and over the bleed (see [b.layers](#blayers) for a band behind a title). Text that stands on a drawing is
--- checked for contrast where the colour below it is plain; for others a b.stack around the text says with `fill` what it stands on. `engine.Page` lists what it can draw: paths, shapes, gradients, shadows, images, text.
---
---     b.canvas { height = 40, alt = "Share of renewables: 62 %", draw = function(canvas, x, y, width, height, cx)
---       canvas:rect(x, y, width, height, { fill = cx:color "accent_soft", radius = 4 })
---       canvas:rect(x, y, width * 0.62, height, { fill = cx:color "accent", radius = 4 })
---     end }
---@param spec briefpress.options.canvas
---@return briefpress.Block
function b.canvas(spec) end

--- The path of a rectangle with round corners, for `canvas:path` and `canvas:clip`: several such paths behind each other are
--- painted, or clipped with, as one.
---
---     canvas:clip(b.rounded(x, y, width, height, 6))
---@param x number
---@param y number
---@param width number
---@param height number
---@param radius number  At most half of the shorter side counts.
---@return (string|number)[]
function b.rounded(x, y, width, height, radius) end
