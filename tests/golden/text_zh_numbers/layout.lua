-- Numbers in words of ten thousand and of a hundred million, exact unless told to round.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 70 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "中试基地超过{area | compact}平方米；合计{sum | compact decimals=2}。" },
  }
end
