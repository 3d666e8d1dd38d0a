--- Headings of six levels, with jumps in the source: no level may be left out in the structure.
local b = require "briefpress"

return function()
  return b.report {
    title = "Headings",
    b.heading "First",
    "A text below the first heading.",
    b.heading { "Third, below the first", level = 3 },
    "The source leaves the second level out.",
    b.heading { "Sixth, below the third", level = 6 },
    "And two more.",
    b.heading { "Second", level = 2 },
    b.heading { "Third", level = 3 },
    b.heading { "Fourth", level = 4 },
    b.heading { "Fifth", level = 5 },
    b.heading { "Sixth", level = 6 },
    "All levels, one below the other.",
    b.heading { "Looks small, and is of the second level", level = 2, style = "h3", bookmark = false },
    "Its look says nothing of its level.",
    b.section { title = "A section",
      "With a text,",
      b.section { title = "one in it", "and another text,",
        b.section { title = "and one in that", level = 5, "two levels deeper." } } },
    b.heading { "A heading with **strong** words, a [link](https://example.org) and a note^[Of a heading.]",
      level = 2 },
    "The end.",
  }
end
