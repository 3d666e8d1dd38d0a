-- A quarter em between Han and Latin or figures, none beside marks or typed spaces.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 90 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "截至2021年底，共有R&D机构364家，5G基站（2,212座）。AI 与 5G，都是。" },
  }
end
