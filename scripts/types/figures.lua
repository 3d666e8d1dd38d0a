---@meta
--- Figures set large, and what is set apart from the text.

---@class briefpress.Library
local b = {}

---@class briefpress.options.figure : briefpress.options.block
---@field value? string  A text in the place of an indicator: `{ value = "3 of 4", label = "Goals reached" }`.
---@field label? string  Below the number; that of the indicator when left out.
---@field unit? string|boolean  Behind or below the number. When left out that of the indicator, unless the label says it already; true: in any case, false: none. A "%" is part of the number.
---@field note? string|boolean  A line below the label; true: the note of the indicator. None when left out.
---@field change? boolean  Whether the change on the period before is printed, in percent; false when left out.
---@field period? boolean  Whether the period is printed; false when left out.
---@field mark? boolean  Whether the mark of its source stands behind the label, where it does not change the width of the number; false when left out.
---@field wording? boolean  Whether the source's own wording is printed ("one third"); false when left out.
---@field decimals? integer  Of the number; as many as it has when left out.
---@field compact? boolean  Whether the number is printed in the words of the language ("1.2 million"); false when left out.
---@field size? number  Of the number, in points; the theme's `figure`, less where it does not fit, when left out.
---@field color? string  Of the number; the theme's `figure` when left out.

--- A figure card: the number large, its unit small, a label, on demand a note, the period and the change. Cards beside each
--- other share one size and stand on one baseline.
---
---     b.row { b.figure "visits", b.figure { "loans", change = true, note = "All branches" } }
---@param spec string|engine.Indicator|briefpress.options.figure  An indicator, its id, or a table of it and options.
---@return briefpress.Block
function b.figure(spec) end

---@class briefpress.options.callout : briefpress.options.block
---@field title? string  Its heading; none when left out.
---@field color? string  Of the line at its left and of the title; "accent" when left out.
---@field fill? string  Its ground; none when left out.
---@field keep? boolean  Whether it stays whole on one page; false when left out.

--- Blocks set apart by a line at their left.
---
---     b.callout { title = "How it was counted", "At the door, each day, by a light barrier." }
---@param spec briefpress.options.callout
---@return briefpress.Block
function b.callout(spec) end

return b
