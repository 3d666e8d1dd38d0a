-- Printed by a C program: see README.md.
local b = require "briefpress"

return b.layout {
  title = "A year of the library",
  params = { reader = { default = "the public", description = "Whom it is for" } },
  function(_, params)
    return b.report {
      title = "A year of the library",
      b.text("For " .. params.reader .. "."),
      b.text "In {visits.period} there were **{visits}**, and {loans} besides.",
      b.row { b.figure "visits", b.figure "loans" },
    }
  end,
}
