-- A row with more lines than are left goes on over the page, as one row of the structure; a short one moves on as a whole,
-- and with split_rows = false a long one does.
local b = require "briefpress"

local words = ("Words that go on from one page to the next, as a statute or a minute does. "):rep(5)
local rows = { { "1", "Short." }, { "2", words }, { "3", words .. "*Marked.*" }, { "4", "Short." } }

return function()
  return b.report { title = "Long rows", paper = { 240, 170 }, footer = false,
    margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.table { columns = { { title = "No.", stub = true }, { title = "Text", width = "1fr" } }, rows = rows },
    b.page_break(),
    b.table { columns = { { title = "No." }, { title = "Text", width = "1fr" } }, rows = { rows[1], rows[2] },
      split_rows = false },
  }
end
