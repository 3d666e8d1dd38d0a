-- A first line is indented by two of its characters.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 130 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "北京经济技术开发区公开盘点家底：谁在这里做研究，多少企业拥有国家高新技术企业称号。", indent = "2em", align = "justify", width = 150 },
  }
end
