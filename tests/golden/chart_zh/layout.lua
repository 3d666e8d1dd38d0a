-- In Chinese: names, dates, numbers and the alternative text.
local b = require "briefpress"

return function()
  return b.report {
    title = "图表", footer = false, paper = { 320, 360 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.line {
      title = "两地的细颗粒物", subtitle = "微克每立方米", x = { "2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4" }, height = 120,
      { label = "北京", values = { 52, 43, 31, 42 } }, { label = "上海", values = { 47, 38, 25, 33 } },
    },
    b.chart.treemap {
      height = 90, { label = "信息传输、软件和信息技术服务业", value = 38000000 }, { label = "批发和零售业", value = 21000000 },
      { label = "建筑业", value = 9000000 },
    },
  }
end
