---@meta themes.etown

--- The theme of the flagship: a deep blue, a warm accent.
---@type briefpress.Theme
local theme = {}

return theme
