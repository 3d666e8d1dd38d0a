---@meta
--- Numbers, dates, plurals and lists as the report's language writes them: for what a layout computes itself. Figures of
--- the data print through text, figures, tables and charts, which note where each stands.

---@class briefpress.Library
local b = {}

--- Writes what a layout has computed: `b.text("In all " .. b.format.number(1234.5, { decimals = 1 }))`.
---
---     b.format.number(1250000, { compact = true })   -- "1.25 million"
---     b.format.date("2024-09-03")                    -- "3 September 2024"
---     b.format.date("2024-09-03", "medium")          -- "3 Sept 2024"
---     b.format.date("2024-09", "yMMMM")              -- "September 2024"
---     b.format.plural(3)                             -- "other"
---     b.format.list { "tram", "bus", "ferry" }       -- "tram, bus, and ferry"
---@class briefpress.Format
---@field number fun(value:number, style?:engine.NumberStyle):string  In words or digits: grouping, decimals, percent, compact.
---@field date fun(date:string, style?:string|{style?:string, language?:string}):string  An ISO 8601 day, month, quarter, year or interval. The style is "long" (when left out: "3 September 2024"), "medium" ("3 Sept 2024"), "short" ("03/09/2024"), "full" (with the day of the week), "month" ("September 2024"), "year", or a skeleton of ICU, which names the parts and leaves their order to the language: "yMMMM" ("September 2024"), "MMM" ("Sept"), "MMMd" ("3 Sept"), "yMMMEd" (with the day of the week), "yQQQ" ("Q3 2024"), "y". A skeleton has no spaces. Parts that the date does not have are left out.
---@field plural fun(value:number, language?:string):string  The plural form that a number asks for: "one", "other" ...
---@field list fun(items:string[], language?:string):string  Items joined as a sentence lists them.
b.format = {}

return b
