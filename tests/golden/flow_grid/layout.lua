--- Cells span columns and rows; rows have heights and shares of what is left; rows that nothing spans split.
local b = require "briefpress"

local prose = "Institutions, enterprises and public bodies work side by side, and what they do is published. "

local function cell(spec)
  spec.fill, spec.padding = spec.fill or "accent_soft", 6
  return b.cell(spec)
end

return function()
  return b.report {
    title = "Grids", paper = "A5", footer = false,
    b.grid { columns = 3, gap = 6, row_gap = 6, cell { columns = 2, rows = 2, "Two by two" }, cell { "One" },
      cell { prose }, cell { "First of its row" }, cell { columns = 2, "Two wide" }, cell { row = 4, column = 2, "Placed" },
      "No cell at all" },
    b.grid { columns = 4, gap = 6, row_gap = 6, height = 150, row_heights = { "1fr", "2fr", 30 },
      cell { rows = 3, "Three high" }, cell { "1fr" }, cell { "1fr" }, cell { rows = 2, "Above", b.fill(), "below" },
      cell { columns = 2, "2fr" }, cell { "30 points" }, cell { "30 points" } },
    b.grid { columns = 2, rules = true, b.cell { columns = 2, prose:rep(4) }, prose:rep(6), prose:rep(5), "Left", "Right" },
  }
end
