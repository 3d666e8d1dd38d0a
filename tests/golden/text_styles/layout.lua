-- Styles as tables over a name of the theme, and properties of the paragraph as options of a text: a first-line indent,
-- justified and hyphenated prose whose marks hang out, a style that is like another, a column of a table, a list.
local b = require "briefpress"

local prose = "In olden times when wishing still helped one, there lived a king whose daughters were all beautiful; and the "
  .. "youngest was so beautiful that the sun itself, which has seen so much, was astonished."

local theme = b.theme(require "themes.plain", {
  type = { book = { like = "body", align = "justify", indent = "2em", leading = "1.4em", protrusion = 1, space_after = 0 } },
})

return function()
  return b.report { title = "Styles", language = "en-US", paper = { 300, 360 }, footer = false, theme = theme,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.heading { "A heading of its own", style = { "h2", italic = true, size = 15, space_after = 10 } },
    b.text { prose, style = "book" },
    b.text { prose, style = { "book", size = 8 }, hyphenate = false, width = 150 },
    b.text { "Hängt wie ein Verzeichnis: alle Zeilen außer der ersten sind eingezogen.", style = { indent = "-2em" },
      width = 180, language = "de" },
    b.list { style = { "small", color = "accent" }, "one", { "two", b.list { "a list of its own style" } } },
    b.table {
      style = { "table", size = 10 },
      columns = { { title = "Word", width = 80, style = { color = "accent", weight = 600 } }, { title = "Other", width = "1fr" } },
      rows = { { "first", "a cell of two lines, for it is too long to stand in one" } },
    },
  }
end
