-- Lines stand equally far apart, whatever stands in them: a character of a fallback font that is higher, raised and lowered
-- text, code, small capitals. The second paragraph has none of these, and its lines stand as far apart.
local b = require "briefpress"

return function()
  return b.report { title = "Level lines", language = "en", paper = { 260, 260 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.text("Area in km^2^ and a name, 北京, in characters of another font, which is higher; `code` stands in this line, and "
      .. "[Small Capitals]{.smallcaps} and CO~2~ in that; x^AB^ is scaled, ☐ from a third font."),
    b.text("This one has nothing of the kind in it: it is as plain as a paragraph can be, and its lines stand as far from each "
      .. "other as those of the one above it do."),
  }
end
