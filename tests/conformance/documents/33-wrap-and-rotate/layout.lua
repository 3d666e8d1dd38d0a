--- Text round a figure, over a page; turned and smaller blocks.
local b = require "briefpress"

local words = "Where the figures of a year are read with care, what a town does is seen in what is published of it. "

return function()
  return b.report {
    title = "Round a figure", paper = "A6", margins = { top = 40, right = 36, bottom = 44, left = 36 },
    b.wrap { figure = b.image { "photo.jpg", alt = "Clouds", caption = "In spring" }, width = 90,
      b.text { words:rep(3), align = "justify" },
      b.list { "beside it", "and below" } },
    b.wrap { figure = b.chart.bar { title = "Novels", "novels", "others" }, side = "left", width = "50%",
      b.text { words:rep(6) }, b.text(words) },
    b.row { widths = { "auto", "1fr" }, b.rotate { "Read upwards", length = 80 }, words },
    b.rotate { angle = 180, b.text "On its head" },
    b.rotate { angle = 90, length = 120, b.table { columns = { { title = "A", stub = true }, "B" },
      rows = { { 1, 2 } } } },
    b.fit { height = 60, least = 0.5, b.text(words:rep(3)) },
  }
end
