--- A report whose first heading is of the third level, and one that comes before all text.
local b = require "briefpress"

return function()
  return b.report {
    title = "Begins deep",
    b.heading { "Of the third level", level = 3 },
    "The first heading of a document is of the first level for a reader, whatever it looks like.",
    b.heading { "Of the second level", level = 2 },
    "Higher than the one before.",
    b.heading { "Of the first level", level = 1 },
    "And higher still.",
  }
end
