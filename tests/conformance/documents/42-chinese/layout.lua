--- A report in Chinese: numbers of headings, contents, figures, tables, notes, a glossary and an index by pinyin.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "年鉴", language = "zh", numbered = { "第一章", "（一）" }, caption_numbers = "chapter", paper = "A5",
    b.contents { leader = true },
    b.part { title = "土地与人口", page = false,
      b.section { title = "土地", id = "land", "{index:土地}土地与{index:水}水，见{ref:people}、{ref:chart}。^[一个注释。]",
        b.section { title = "河流", "{index:水!河流}河流；{index:AI}AI，{index:5G}5G，“引号”《书名》。" } },
      b.section { title = "人口", id = "people", "常住人口{people | unit}，{people | mark}。{index:人口}{index:重庆}{index:北京}",
        b.row { b.figure "people", b.figure "trees" },
        b.captioned { id = "chart", caption = "人口", b.chart.bar { "people", periods = true } },
        b.table { caption = "城区", rows = data.tables.districts, units = true, source = data.sources[1] } } },
    b.glossary(), b.sources {},
    b.page_break(),
    b.index(),
  }
end
