--- Tables with empty cells, empty titles, no rows at all.
local b = require "briefpress"

return function()
  return b.report {
    title = "Empty",
    b.table { columns = { { title = "", stub = true }, "One", "" },
      rows = { { "a", nil, "" }, { "", "b", nil }, { nil, "", "" } } },
    b.table { missing = "–", columns = { { key = "name", title = "Name", stub = true },
      { key = "value", title = "Value", zero = "none" } },
      rows = { { name = "a" }, { name = "b", value = 0 }, { value = 3 } } },
    b.table { caption = "Without rows", columns = { "One", "Two" }, rows = {} },
    b.text "The end.",
  }
end
