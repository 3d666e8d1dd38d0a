---@meta
--- Reports and their pages: paper, margins, headers and footers, page styles, numbers, notes and floats.

---@class briefpress.Library
local b = {}

-- The report -----------------------------------------------------------------------------------------------------

---@class briefpress.options.page.margins Margins of a page. A side that is left out has that of the report, and there that of
---the theme.
---@field top? number|string         Above the text: points, "20mm", or "10%" of the page's height.
---@field right? number|string       On the right; "%" is of the page's width.
---@field bottom? number|string      Below the text.
---@field left? number|string        On the left.
---@field inner? number|string       Instead of left and right, where pages face each other: the side of the spine.
---@field outer? number|string       The side away from the spine.

---@class briefpress.options.page.furniture A header, footer or background that differs from page to page: the positional
---part is what all other pages have. Each is a function of the page that answers a block, a text or nothing; a block; a text;
---or false for none. First and last come before left and right.
---@field first? false|string|briefpress.Block|fun(page:briefpress.PageFacts):briefpress.Block|string|nil  Of the first page.
---@field last? false|string|briefpress.Block|fun(page:briefpress.PageFacts):briefpress.Block|string|nil   Of the last page.
---@field left? false|string|briefpress.Block|fun(page:briefpress.PageFacts):briefpress.Block|string|nil   Of pages with an even number.
---@field right? false|string|briefpress.Block|fun(page:briefpress.PageFacts):briefpress.Block|string|nil  Of pages with an odd number.

---@alias briefpress.Furniture false|string|briefpress.Block|briefpress.options.page.furniture|fun(page:briefpress.PageFacts):briefpress.Block|string|nil

---@class briefpress.options.page.style A page style: what it leaves out is as in the report.
---@field paper? string|(number|string)[]  "A4", "A5 landscape", "Letter", or {width, height}.
---@field margins? briefpress.options.page.margins  Room around the text.
---@field header? briefpress.Furniture     Drawn in the top margin; false: none.
---@field footer? briefpress.Furniture     Drawn in the bottom margin; false: none.
---@field background? briefpress.Furniture  Drawn under the page, up to the edge of the bleed; false: none.

---@class briefpress.options.report : briefpress.options.block
---@field title? string              Of the document: metadata, title bar, header. That of the data when left out, else that of b.layout.
---@field subtitle? string           The subject of the metadata where there is none.
---@field author? string             Metadata.
---@field subject? string            Metadata.
---@field keywords? string           Metadata, with commas between.
---@field language? string           "en", "zh"; that of the data or of --lang when left out.
---@field standard? string          The standards that the PDF keeps: one of "a-2a", "a-2b", "a-2u", "a-3a", "a-3b", "a-3u" (PDF/A,
---for archives), and "ua-1" (PDF/UA, for screen readers), with a comma between; or "none". "a-3a,ua-1" when left out; `--standard` wins.
---@field paper? string|(number|string)[]  A3 to A6, B5, Letter, Legal, Tabloid, each with "landscape" on demand, or {width,
---height}; that of the theme when left out.
---@field margins? briefpress.options.page.margins  Room around the text.
---@field facing? boolean            Pages face each other as in a book: the first is a right-hand page, and margins change sides
---on left-hand ones. False when left out.
---@field theme? string|briefpress.Theme|briefpress.options.theme  The look: a theme, the name of one, or one in a few words, as `{ accent = "#7a1f3d" }` (see [b.theme](#btheme)); "plain" when left out.
---@field header? briefpress.Furniture     Drawn in the top margin; none when left out. `b.header` is the usual one.
---@field footer? briefpress.Furniture     Drawn in the bottom margin; `b.footer` when left out; false: none.
---@field background? briefpress.Furniture  Drawn under each page but the cover.
---@field pages? table<string, briefpress.options.page.style>  Page styles by name, for b.page.
---@field bleed? number|string       How far colour goes on beyond the edge of a page, for a printer who cuts it: "3mm" is usual. Backgrounds,
---of covers too, are drawn so much larger. 0 when left out.
---@field crop_marks? boolean        Marks at the corners that say where the page is cut, on paper beyond its edges. None when left out.
---@field numbered? boolean|string[]  Number headings: 1, 1.1. False when left out. A list says how those of each level are
---  numbered, and deeper ones are not: `{ "1", "1.1" }`, `{ "Chapter I", "A." }`, `{ "一、", "（一）" }`. A counter is one of 1 I i A a 一
---  that stands alone; the last one is that of the level, those before it of the levels above.
---@field caption_numbers? "document"|"chapter"  Whether captions are counted through the report (when left out) or anew in each
---  numbered chapter: "Figure 2.1".
---@field first_number? integer      Printed number of the first page: 1.
---@field page_count? integer        How many pages the report shall have: more are an error that says by how much, and in `briefpress
---check` a finding; fewer are a finding. Any number when left out.
---@field notes? table<string, string>  Texts of notes by name, for [^name] in texts; a blank line begins another paragraph.
---@field notes_at? "foot"|"end"     Where notes stand: at the foot of the page of their mark, when left out; or where b.endnotes is.
---@field notes_restart? "page"|"section"  Where the numbers of notes begin anew: on each page, or in each section of level 1. They
---run through the report when left out.
---@field overflow? "error"|"mark"   What happens where a block is higher than a page: an error when left out; or it is cut off,
---and a visible mark says so.
---@field baseline? number           The grid of baselines, in points: the first baseline of each text, heading and list item
---stands on it, so that lines stand level across columns and facing pages. It begins with the first line of "body" on a page.
---What is in tables, rows, cards and charts has none. 0 or left out: no grid; a theme may say it as `page.baseline`.

---@class briefpress.PageFacts What headers, footers and backgrounds are told.
---@field number integer             Of the page among all pages, from 1.
---@field count integer              Pages of the report.
---@field label string               Its number as it is printed: "iv" in front matter.
---@field has_labels boolean         Some pages of the report are not numbered 1, 2, 3.
---@field title string               Of the report.
---@field section string             Title of the section that the page is in ("" before the first).
---@field first_titles table<integer, string>  By level: the title of the first heading on the page, else the one in force where it
---begins. `page.first_titles[2]` is the usual running title of right-hand pages.
---@field last_titles table<integer, string>   By level: the title in force at its foot.
---@field is_first boolean           The first page.
---@field is_last boolean            The last page.
---@field side "left"|"right"        Odd pages are on the right.
---@field name string                Page style: "" for the report's own, "cover", or one of `pages`.

--- The root of a layout: its paper, margins, theme, and the blocks of it.
---
---     return b.report { title = "Air quality", paper = "A4", facing = true,
---       header = { first = false, function(page) return page.section end },
---       b.heading "Summary", "The year was mild." }
---@param spec briefpress.options.report
---@return briefpress.Report
function b.report(spec) end

--- The usual footer: the section on the left, "page x of y" on the right, in the report's language; nothing on a report of
--- one page. A footer of one's own is a function of the page; its hairline is the upper edge of a stack:
---
---     footer = function(page)
---       return b.stack { border = "faint", edge = "top", padding = { top = 6 },
---         b.entry { "Sample data", page.label .. " / " .. page.count, style = "footer" } }
---     end
---@param page briefpress.PageFacts
---@return briefpress.Block?
function b.footer(page) end

--- The usual header: the report's title; nothing on the first page.
---@param page briefpress.PageFacts
---@return briefpress.Block?
function b.header(page) end

-- Pages ----------------------------------------------------------------------------------------------------------

---@class briefpress.options.page : briefpress.options.block
---@field style? string              A page style of the report's `pages`; that of the pages around when left out.
---@field start? "left"|"right"      The side to begin on; a page before it is left blank where need be.
---@field numbers? "1"|"i"|"I"|"a"|"A"  How its pages are numbered, beginning anew: 1, i, I, a, A. The numbers around go on behind it
---where they were. Left out: its pages are counted with those around.
---@field first_number? integer      The number of its first page: 1.

--- Pages of a style of their own: they begin on a new page, and what follows goes on on another in the style from before. It
--- stands at the top level of a report, in a section, or in another b.page.
---
---     b.report { pages = { wide = { paper = "A4 landscape" } },
---       b.page { numbers = "i", b.contents {} },
---       b.section { title = "Results", b.page { style = "wide", b.table { ... } } } }
---@param spec briefpress.options.page
---@return briefpress.Block
function b.page(spec) end

---@class briefpress.options.cover : briefpress.options.block
---@field background? briefpress.Block  Drawn under it over the whole page, up to the edge of the bleed; often b.canvas.
---@field margins? briefpress.options.page.margins  Those of the page when left out.
---@field align? "top"|"middle"|"bottom"  Where its blocks stand between the margins: "top".

--- A page of its own without header and footer.
---
---     b.cover { align = "bottom", b.text { "Air quality 2023", style = "cover_title" } }
---@param spec briefpress.options.cover
---@return briefpress.Block
function b.cover(spec) end

---@class briefpress.options.watermark : briefpress.options.block
---@field angle? number              Degrees against the clock; along the diagonal of the page when left out.
---@field color? string              The colour "watermark" of the theme, else "accent_soft".
---@field size? number               Points; when left out, such that the word takes most of the way across the page.
---@field style? string              Of the type scale, for the font and weight: "h1".

--- A word across the page, as a background. Screen readers pass over it.
---
---     b.report { background = b.watermark "Draft", ... }
---@param spec string|briefpress.options.watermark
---@return briefpress.Block
function b.watermark(spec) end

-- Floats ---------------------------------------------------------------------------------------------------------

---@class briefpress.options.float : briefpress.options.block
---@field at? "top"|"bottom"|"page"  Where it goes: to the top of a page when left out, to its foot, or to a page of its own.

--- Blocks that leave the flow: a chart with its caption, say, for which no page shall stay half empty. It stands on the page that calls
--- it where it fits there, else on the next; floats keep their order, and stand before a b.page begins or the report ends. It is as
--- wide as the page, out of columns too. The token `space.float` (20) is the room between it and the text. Readers who listen hear it
--- where it is called.
---
---     b.float { id = "growth", b.chart.bar { ... } }, "The chart on page {page:growth} shows ..."
---@param spec briefpress.options.float
---@return briefpress.Block
function b.float(spec) end

-- Notes ----------------------------------------------------------------------------------------------------------

---@class briefpress.options.side_note : briefpress.options.block
---@field side? "outer"|"inner"|"left"|"right"  The margin it stands in. "outer" when left out: the right one, on left-hand pages the left one.
---@field style? string|briefpress.Style  Of the note: "side_note".

--- A note in the margin, beside the blocks behind it in the list: their first lines stand on one baseline. Notes of a page are pushed
--- down rather than stand on each other. The margin must be wide enough, and `space.side_gap` (12) parts it from the text.
---
---     b.report { margins = { right = "55mm" },
---       b.side_note { "Counted at the end of the year.", b.text "The park had 2,212 firms." } }
---@param spec briefpress.options.side_note
---@return briefpress.Block
function b.side_note(spec) end

---@class briefpress.options.endnotes : briefpress.options.block
---@field title? string|false        Above the notes; "Notes" in the report's language when left out, false: none.

--- All notes of a report that has them at its end.
---
---     b.report { notes_at = "end", "Firms^[With staff.] grew.", b.endnotes {} }
---
--- Notes need no component: `^[the note]` in a text makes one, wherever a text stands (in lists, cells of tables, cards), and
--- `[^name]` one whose text the report has: b.report { notes = { name = "..." } }. A document in b.markdown may have the text
--- anywhere in it: `[^name]: the note`, more of its lines and paragraphs indented. A note stands at the foot of the page of its mark,
--- below a hairline, in the style "footnote"; one that is too long for that goes on on the next page. Marks and notes link to each
--- other. The tokens `space.notes` (12) and `space.note_rule` (6) are the room above and below the hairline, and
--- `space.note_rule_width` (72) is its length.
---@param spec? briefpress.options.endnotes
---@return briefpress.Block
function b.endnotes(spec) end

return b
