---@meta themes.plain

--- The neutral theme: one ink, one accent, greys. What a report gets by itself.
---@type briefpress.Theme
local theme = {}

return theme
