-- Where --pages leaves out the page that a table begins on, its caption, its header and the heading of the group that goes
-- on are read on the first page drawn, and nothing refers to what is not there. On later pages they are artifacts.
local b = require "briefpress"

return function()
  local rows = {}
  for i = 1, 14 do rows[i] = { name = "Row " .. i, count = i, group = i < 12 and "Long" or "Short" } end
  return b.report { title = "Pages", paper = { 200, 190 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.table { caption = "Rows", group = "group", rows = rows,
      columns = { { key = "name", title = "Name" }, { key = "count", title = "Count" } } },
  }
end
