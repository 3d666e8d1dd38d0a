---@meta
-- The structure of long reports: headings, parts, appendices, captions with numbers, contents and lists, the index, the
-- glossary and the sources. See briefpress.lua for what all blocks take, text.lua for references in texts.

---@class briefpress.Library
local b = {}

-- Headings -----------------------------------------------------------------------------------------------------------

---@class briefpress.options.heading : briefpress.options.block, briefpress.Style
---@field level? integer  From 1 to 6; 1 when left out.
---@field numbered? boolean  Whether it is counted where the report is `numbered`; true when left out.
---@field bookmark? boolean  Whether it stands in the bookmarks of the PDF; true when left out.
---@field contents? boolean  Whether contents list it; true when left out.
---@field style? string|briefpress.Style  "h1", "h2", "h3" by its level when left out. A small heading in a box is of the level that its place in the report asks for and only looks small: `level = 2, style = "h3"`; one of level 3 below one of level 1 is a finding of `check`.

--- A heading alone, which stays with what follows it. `id` names it for links and references: `{ref:id}` prints "Section 2.1",
--- `{number:id}` "2.1", `{title:id}` its title, `{page:id}` its page.
---
--- For readers who listen, levels begin with 1 and skip none, whatever `level` says; in the flow of the report, in its columns and in
--- `b.each` a heading opens a section that holds all until the next, in boxes, cards, cells and rows it is a heading alone. The first
--- text that says the report's title, or has the style "cover_title", is one, too.
---
--- ```lua
--- b.heading { "Method", level = 2, id = "method" }
--- ```
---@param spec string|briefpress.options.heading
---@return briefpress.Block
function b.heading(spec) end

---@class briefpress.options.section : briefpress.options.block
---@field title? string  The heading; may hold Markdown and placeholders. Needed.
---@field level? integer  From 1 to 6. When left out: 1, and one deeper than that of the section it stands in.
---@field break_before? boolean|"left"|"right"  Whether it begins a new page, or on which side of facing pages; false when left out.
---@field numbered? boolean  Whether it is counted where the report is `numbered`; true when left out.
---@field bookmark? boolean  Whether it stands in the bookmarks of the PDF; true when left out.
---@field contents? boolean  Whether contents list it; true when left out.
---@field style? string|briefpress.Style  Of the heading; "h1", "h2", "h3" by its level when left out.

--- A heading with its blocks. Sections in sections get the next level.
---
--- ```lua
--- b.section { title = "Water", id = "water",
---   "Water is scarce.",
---   b.section { title = "Rivers", "There are two." },
--- }
--- ```
---@param spec briefpress.options.section
---@return briefpress.Block
function b.section(spec) end

---@class briefpress.options.appendix : briefpress.options.block
---@field title? string  The heading; needed.
---@field break_before? boolean|"left"|"right"  Whether it begins a new page, or on which side of facing pages; false when left out.
---@field numbered? boolean  Whether it is counted where the report is `numbered`; true when left out.
---@field bookmark? boolean  Whether it stands in the bookmarks of the PDF; true when left out.
---@field contents? boolean  Whether contents list it; true when left out.
---@field style? string|briefpress.Style  Of the heading; "h1" when left out.

--- A section of level 1 that is counted in letters: "Appendix A", and A.1 for sections in it. It stands beside sections, not in one.
---
--- ```lua
--- b.appendix { title = "How the figures were made", id = "method", "..." }
--- ```
---@param spec briefpress.options.appendix
---@return briefpress.Block
function b.appendix(spec) end

---@class briefpress.options.part : briefpress.options.block
---@field title? string  The title of the part; needed.
---@field text? string  Words about the part, below its title.
---@field page? boolean  Whether the title has a page of its own; true when left out.
---@field start? "left"|"right"  The side of a book on which it begins; a page may stay blank before it. Any when left out.
---@field numbered? boolean  Whether it is counted, in numerals of its own (I, II; 一、二 in Chinese); true when left out.
---@field bookmark? boolean  Whether it stands in the bookmarks of the PDF; true when left out.
---@field contents? boolean  Whether contents list it; true when left out.
---@field style? string  The style of its title; "part" when left out.

--- Chapters under a title of their own. Chapters are counted from part to part; in bookmarks and in the structure they stand one
--- level below their part.
---
--- ```lua
--- b.part { title = "The land", id = "land", b.section { title = "Water", "..." }, b.section { title = "Soil", "..." } }
--- ```
---@param spec briefpress.options.part
---@return briefpress.Block
function b.part(spec) end

-- Captions -----------------------------------------------------------------------------------------------------------

---@class briefpress.options.captioned : briefpress.options.block
---@field caption? string  What stands behind the number; may hold Markdown, placeholders and references.
---@field kind? string  "table", "figure", or a kind of the report's own; "table" for b.table and "figure" for all else when left out. Each kind is counted by itself.
---@field label? string  What a kind of the report's own is called, in front of the number: "Map". A theme may say it as the phrase `caption_map = "Map {number}"`.
---@field position? "above"|"below"  Where the caption stands; above tables and below all else when left out.
---@field note? string  A line in small print below.

--- One block with a numbered caption: "Table 3" or "Figure 2.1". It is numbered through the report, or by chapter where the report
--- says `caption_numbers = "chapter"`. `id` names it for references: `{ref:id}` prints "Figure 2.1", `{number:id}`, `{title:id}` and
--- `{page:id}` parts of that. b.listing lists them.
---
--- ```lua
--- b.captioned { id = "rivers", caption = "Rivers by length", b.chart.bar { "nile", "rhine" } }
--- ```
---@param spec briefpress.options.captioned
---@return briefpress.Block
function b.captioned(spec) end

-- Contents, lists, index -----------------------------------------------------------------------------------------------

---@class briefpress.options.contents : briefpress.options.block
---@field title? string|false  "Contents" when left out, none where `of` is given; false: none.
---@field depth? integer  How many levels of headings are listed; 2 when left out.
---@field leader? boolean  Whether dots lead to the page numbers; false when left out.
---@field of? string  The id of a heading: contents of that chapter alone.
---@field part_pages? boolean  Whether parts have a page number too; false when left out.

--- Headings with their numbers and pages, each line a link. The numbers of each depth stand in a column of its own, and no line is
--- torn from what it heads. The style of depth 2 is "contents.2" where the theme has it, else "contents"; that of parts "contents.0".
---
--- ```lua
--- b.contents { depth = 3, leader = true }
--- ```
---@param spec? briefpress.options.contents
---@return briefpress.Block
function b.contents(spec) end

---@class briefpress.options.listing : briefpress.options.block
---@field kind? string  Which captions: "figure", "table", or a kind of the report's own. May stand as the first value; needed.
---@field title? string|false  "Figures" or "Tables" when left out; needed for other kinds. false: none.
---@field leader? boolean  Whether dots lead to the page numbers; false when left out.

--- The list of figures, of tables, or of whatever b.captioned numbers.
---
--- ```lua
--- b.listing { kind = "figure", leader = true }
--- ```
---@param spec string|briefpress.options.listing
---@return briefpress.Block
function b.listing(spec) end

---@class briefpress.options.index : briefpress.options.block
---@field title? string|false  "Index" when left out; false: none.
---@field columns? integer  How many columns; 2 when left out.
---@field gap? number|string  Between the columns; the theme's when left out.
---@field letters? boolean  Whether terms stand under their letters; true when left out.

--- The terms that texts mark, in the order of the report's language (Chinese by pinyin), with the pages where they stand, each a
--- link; three pages or more in a row become a range. A mark prints nothing and stands with the word behind it: `{index:water}`,
--- `{index:water!drinking}` for a narrower term, `{index:chongqing@重庆}` for one that sorts otherwise, `{index:smog|see air}` and
--- `{index:air|see also dust}` for references.
---
--- ```lua
--- b.section { title = "Index", numbered = false, b.index { title = false, columns = 3 } }
--- ```
---@param spec? briefpress.options.index
---@return briefpress.Block
function b.index(spec) end

---@class briefpress.options.glossary : briefpress.options.block
---@field title? string|false  "Indicators" when left out; false: none.
---@field indicators? "printed"|"all"|string[]  Those that the report prints (when left out), all of the data, or the ones named.
---@field order? "label"|"data"  By their names in the report's language (when left out), or as the data has them.
---@field pages? boolean  Whether the pages are named where each is printed; true when left out.
---@field columns? integer  How many columns; 1 when left out.

--- What each indicator means: its name and unit, its note, what it is computed from, its source, the periods that there are values
--- of, and the pages where it is printed.
---
--- ```lua
--- b.appendix { title = "Indicators", b.glossary { title = false, columns = 2 } }
--- ```
---@param spec? briefpress.options.glossary
---@return briefpress.Block
function b.glossary(spec) end

---@class briefpress.options.sources : briefpress.options.block
---@field title? string|false  "Sources" when left out; false: none.
---@field order? "data"|"use"  "data": all sources of the data, in their order, which it is when left out. "use": those whose marks the report prints, in the order of the first mark of each; the list must stand behind all marks.

--- The sources of the data as a numbered list with links: all that the data have, in their order, so the first mark in a text may
--- be [3]; `order = "use"` lists those that are marked, counted from 1 in the order of the text. Marks of sources in texts (`{id | mark}`) link to it, where it comes after
--- them or the report has contents or page numbers.
---
--- ```lua
--- b.section { title = "Sources", b.sources { title = false } }
--- ```
---@param spec? briefpress.options.sources
---@return briefpress.Block
function b.sources(spec) end
