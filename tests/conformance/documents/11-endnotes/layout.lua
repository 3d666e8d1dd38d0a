--- Notes at the end of the report, counted anew in each section.
local b = require "briefpress"

return function()
  return b.report {
    title = "Endnotes", notes_at = "end", notes_restart = "section", notes = { kept = "A text of its own." },
    b.section { title = "One", "A text^[The first.] and another^[The second.].", "And one[^kept]." },
    b.section { title = "Two", "A text^[The first of the second, with [中文]{language=zh}.].",
      b.table { columns = { "A" }, rows = { { "a cell^[Of a cell.]" } } } },
    b.section { title = "Notes", b.endnotes { title = false } },
  }
end
