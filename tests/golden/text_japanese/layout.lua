-- Japanese: no small kana or closing mark at the start of a line, marks squeezed at its edges.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 150 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "「研究所」は三百六十四か所あり、そのうち二十五か所が国立です。ちょっと待って、と彼は言った。", language = "ja", align = "justify", width = 122 },
  }
end
