-- Paragraphs go on over pages with two lines at least on each side; headings stay with what follows; numbers and
-- placeholders are formatted; what a paragraph's page is, is known.
local b = require "briefpress"

local words = ("Institutions gather where people, money and patience meet, and stay where the three are kept. "):rep(6)

return function()
  return b.report {
    title = "Flow", paper = "A5", numbered = true,
    b.section {
      title = "Gathering *resources*", id = "resources",
      b.text { "By the end of {institutions.period}: **{institutions | unit}**, and {projects | unit}.",
        style = "lead" },
      words, words,
      b.section { title = "In detail", words, b.text { words, align = "justify" } },
      b.section { title = "On page {page:resources}", bookmark = false, "See page {page:resources}.\n\n" .. words },
    },
    b.section {
      title = "Marks", id = "marks",
      "*Slanted*, `code`, [a link](https://example.org), a brace {{ and \\*stars\\*.",
      b.list { "one", "two, which is long enough that it must be broken into a second line of its own somewhere",
        { "three", b.list { ordered = true, "first", "second" } } },
    },
  }
end
