-- Points of two series in two shapes, some named, with the line of least squares.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.scatter {
      trend = true, height = 190, x_axis = { title = "Income" }, y_axis = { title = "Years" },
      { label = "Inner", points = { { 24, 76, label = "Tannery" }, { 28, 78, label = "Market" }, { 37, 81 } } },
      { label = "Outer", points = { { 29, 78, label = "North Gate" }, { 39, 82, label = "Orchard" }, { 46, 83 } } },
    },
  }
end
