-- A style by a function of the cell: of the whole table, and of a column over that.
local b = require "briefpress"

return function()
  return b.report { title = "Style", paper = { 300, 150 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table {
      cell_style = function(value, row, key)
        if row.is_old then return { color = "muted", italic = false } end
        if key == "change" and value < 0 then return { color = "#a02020", weight = 600 } end
      end,
      columns = {
        { key = "name", title = "Name" }, { key = "change", title = "Change", decimals = 1 },
        { key = "share", title = "Share", align = "decimal",
          cell_style = function(value) return value > 50 and { fill = "accent_soft" } or nil end },
      },
      rows = { { name = "One", change = 1.5, share = 60.25 }, { name = "Two", change = -1.5, share = 9.5 },
        { name = "Three", change = -0.5, share = 51, is_old = true } },
    },
  }
end
