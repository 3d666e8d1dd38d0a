--- What is missing or does not fit, and is marked on the page: characters that no font has, values, blocks too high.
local b = require "briefpress"

return function()
  return b.report {
    title = "Missing", paper = "A6", overflow = "mark",
    b.text { "An owl that no font has: \u{13153}.", allow_missing = true },
    b.table { missing = "n/a", columns = { { title = "Name", stub = true }, "Value" },
      rows = { { "a", nil }, { "b", 2 } } },
    b.stack { height = 30, fill = "accent_soft", ("Higher than its box. "):rep(20) },
    b.chart.line { title = "With a gap", x = { "2021", "2022", "2023" }, { label = "a", values = { 1, false, 3 } } },
    "The end.",
  }
end
