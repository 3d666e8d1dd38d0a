-- Raised and lowered text in the font's own glyphs (m², CO₂, 4th) and scaled where it has none (x with AB above, the Han
-- character); small capitals; spans in a style of the theme and in properties of their own, around links and in each other;
-- what only looks like notation stays as it is.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", { type = { term = { weight = 600, color = "accent" } } })

return function()
  return b.report { title = "Spans", language = "en", paper = { 320, 300 }, footer = false, theme = theme,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.text "12 m^2^, CO~2~, **10^6^**, the *4^th^*; x^AB^, x~AB~ and x^注^",
    b.text "[Capitals of NATO, 1984]{.smallcaps}, [A term]{.term} and [red **bold** [small]{size=0.8em}]{color=\"#a02020\"}",
    b.text "[With a [link](https://example.org/~a^2^)]{.term}, R&D ~5 percent, 5~10 km, 2^3, (^_^) and `m^2^`",
    b.heading { "All in capitals", style = { "h3", caps = "all", tracking = 60 } },
  }
end
