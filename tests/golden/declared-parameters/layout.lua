-- Parameters have their types: numbers are calculated with, dates written, truths tested, choices compared.
local b = require "briefpress"

return b.layout {
  params = {
    count = { type = "integer" }, rate = { default = 0.5 }, issued = { type = "date" },
    draft = { default = false }, edition = { choices = { "print", "screen" }, default = "print" },
  },
  function(_, params)
    return b.report {
      title = "Parameters", paper = "A6", footer = false,
      b.text("Sum " .. params.count + 1 .. ", {params.rate}, {params.issued | long}, {params.draft}"),
      params.edition == "screen" and b.text "For the screen",
    }
  end,
}
