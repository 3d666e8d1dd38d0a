-- A page style of its own in the middle of a section: landscape, with other furniture and a watermark.
local b = require "briefpress"

return function()
  return b.report {
    title = "Report", paper = "A6", margins = { top = 40, right = 36, bottom = 40, left = 36 },
    footer = function(page) return b.text { page.name .. " " .. page.number, style = "footer" } end,
    pages = {
      wide = { paper = "A6 landscape", margins = { left = 60 }, header = "Wide", background = b.watermark "Draft" },
    },
    b.section {
      title = "Results", "Before the table.",
      b.page { style = "wide", b.table { columns = { "Year", "Firms", "Staff" }, rows = { { 2021, 70, 1200 }, { 2022, 72, 1310 } } } },
      "After the table.",
    },
  }
end
