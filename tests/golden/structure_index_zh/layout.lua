-- In Chinese headings are numbered 第一章 and （一）, figures 图1-1, terms stand by pinyin under their letters, and the
-- glossary says what an indicator means.
local b = require "briefpress"

return function()
  return b.report {
    title = "年鉴", language = "zh", numbered = { "第一章", "（一）" }, caption_numbers = "chapter", paper = "A5",
    b.contents { leader = true },
    b.part { title = "土地与人口", page = false,
      b.section { title = "土地", id = "land", "{index:土地}土地与{index:水}水，见{ref:people}、{ref:chart}。",
        b.section { title = "河流", "{index:水!河流}河流与{index:空气}空气；{index:AI}AI，{index:5G}5G。" } },
      b.section { title = "人口", id = "people", "常住人口{population | unit}。{index:人口}{index:重庆}{index:北京}{index:上海}",
        b.captioned { id = "chart", caption = "人口", b.chart.bar { "population", periods = true } } } },
    b.glossary(),
    b.page_break(),
    "{index:人口!常住}常住人口。{index:户籍|see 人口!常住}",
    b.index(),
  }
end
