-- Chinese by the rules of clreq (W3C): marks give up half of their square at a line's edges and beside each other, both
-- edges are straight, Latin stands a quarter em apart, lines that are too long take from marks, lines that are too short
-- widen gaps and then all alike. The second text hangs its marks; quotes and dashes are Chinese in
-- Chinese and Latin in English.
local b = require "briefpress"

local prose = "（2022年）北京经济技术开发区公开盘点家底：谁在这里做研究，多少企业拥有“国家高新技术企业”称号，新来者能得到什么，"
  .. "城市又在自己的街道上试验什么……到2021年底，共有1,748家（比上年增长34.8%），《规划》、《办法》和“专项资金”由Guo Meng"
  .. "介绍——“R&D投入够吗？”答曰：够！比尔·盖茨（Bill Gates）说，AI与5G将改变3至5个行业。"

return function()
  return b.report { title = "中文", paper = { 340, 560 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.text { prose, align = "justify", indent = "2em" },
    b.text { prose, align = "justify", protrusion = 1, width = 205 },
    b.text { "她说：“**《规划》**”，不是“Plan”——……完。", width = 150 },
    b.text { "“Plan”—…", language = "en" },
    b.text { prose, align = "left", width = 255 },
  }
end
