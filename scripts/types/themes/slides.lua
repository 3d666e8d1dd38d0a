---@meta themes.slides

--- Dark slides, 16 to 9: light words on a deep ground, large type.
---@type briefpress.Theme
local theme = {}

return theme
