-- Korean words stay whole where they can.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 130 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "개발구에는 공인된 연구 기관이 삼백육십사 곳 있으며 그 가운데 스물다섯 곳이 국가급입니다.", language = "ko", width = 122 },
  }
end
