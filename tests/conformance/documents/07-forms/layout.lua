--- What stands in a text: raised and lowered signs, small capitals, spans, icons, images, soft hyphens, ligatures.
local b = require "briefpress"

return function()
  return b.report {
    title = "Forms", theme = { base = "plain", type = { term = { italic = true, color = "accent" } } },
    b.text "Raised: m^2^, 10^th^, x^−1^. Lowered: CO~2~, H~2~O. Both: x~i~^2^.",
    b.text("[Small Capitals]{.smallcaps}, [a term]{.term}, [larger]{size=1.3em}, "
      .. "[a colour]{color=accent}, [all of it]{.term weight=700}."),
    b.text { "Small capitals of a whole text, straße too", caps = "small" },
    b.text { "Capitals of a whole text, straße too", caps = "all" },
    b.text("An icon ![wave](wave.svg) with a text, ![](wave.svg) one without, "
      .. "[in a colour ![wave](wave.svg)]{color=accent}; a ![blue](field.png) picture."),
    b.text { "Accredi\u{ad}tation of\u{ad}fices of affi\u{ad}liation, final flow, difficult waffle: ffi ffl fi fl.",
      width = 76 },
    b.text { "Representation of international organizations in efficient offices", align = "justify",
      hyphenate = true, width = 84 },
    b.text { "fi ffi fl, in a font with ligatures", font = "mono" },
    b.text { "fi ffi fl → ← ≤ ≥ ≠ ± × ÷ − – — … ‘’ “” « » ½ ¼ € £ ¥ ° ′ ″ ‰ № ™", features = "liga,dlig" },
    b.text { "Old figures 0123456789, of one width", features = "tnum" },
    b.text { "Letters apart", tracking = 150 },
    b.text { "Combined: é (e\u{301}), ñ, ạ̈, Z̆; no break:\u{a0}here;\u{2060}nor here; a zero\u{200b}width space.",
      size = 12 },
    b.text "{people | plus}, {people | compact}, {trees}, {cyclists}, {loans_each}, {people.change}, {loans | mark}",
  }
end
