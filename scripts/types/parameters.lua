---@meta
--- Layouts that declare what they are for and which parameters they take.

---@class briefpress.Library
local b = {}

---@class briefpress.options.layout
---@field title? string|table<string,string>  What the layout makes, for `--help`: a text, or one for each language.
---@field description? string|table<string,string>  A sentence or two on it, for `--help`.
---@field params? table<string, briefpress.options.layout.parameter>  The parameters by name. With it, a `-p` that is not declared is an error.

---@class briefpress.options.layout.parameter
---@field type? "string"|"number"|"integer"|"boolean"|"date"|"choice"|"file"  What the text of `-p` is read as; without it the type of the default, "choice" where there are choices, else "string". A date reaches the layout as "2022-09-03", a file as its path, seen from the layout's folder; it must be there and may be read.
---@field default? any  The value where `-p` gives none; without it the parameter is then nil.
---@field choices? any[]  The values that are allowed, in the order in which `--help` lists them.
---@field required? boolean  True: the run ends with an error where `-p` does not give it; false by default.
---@field description? string|table<string,string>  What it is, for `--help`: a text, or one for each language.
---@field min? number|string  The least value of a number, or the earliest date.
---@field max? number|string  The greatest value of a number, or the latest date.

--- A layout that declares its parameters: what the file of a layout returns. `-p NAME=VALUE` is checked against the
--- declaration, the values reach the function with their types, `briefpress render LAYOUT --help` lists them, and
--- `{params.NAME}` prints one (a date in a style: `{params.issued | long}`).
---
---     return b.layout {
---       title = "Letter to a member",
---       params = { name = { required = true, description = "Whom it is written to" },
---         quarter = { type = "integer", min = 1, max = 4, default = 1 } },
---       function(data, params)
---         return b.report { "Dear {params.name}" }
---       end,
---     }
---@param spec briefpress.options.layout
---@return briefpress.Layout
function b.layout(spec) end

---@class briefpress.Layout A layout with its parameters, for the program to run.
