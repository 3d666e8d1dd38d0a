-- Figures with the marks of their sources, which are links to the list of sources: in a text, in a heading (its bookmark has
-- none), in a label, in a cell of a table.
local b = require "briefpress"

return function()
  return b.report { title = "Marks", paper = { 320, 360 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.heading "{institutions | mark} institutions",
    b.text "Of these {institutions_national | mark unit} are national; **{projects | mark}** projects began.",
    b.row { b.figure { "enterprises", mark = true }, b.figure { "projects", label = "Projects begun", mark = true } },
    b.table { columns = { "Level", "Number" }, rows = { { "National", "{institutions_national | mark}" } } },
    b.sources {},
  }
end
