-- Lines with gaps, a band, a line and a band of reference, an annotation, names at their ends that keep apart.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.line {
      title = "Two cities", x = { "2018", "2019", "2020", "2021", "2022" }, height = 170,
        y_axis = { title = "micrograms" },
      references = { { y = 25, label = "Limit" }, { x = { "2020", "2021" }, label = "Works" } },
      annotations = { { x = "2019", text = "New boilers" } },
      { label = "North", values = { 60, 52, 41, 33, 30 }, low = { 55, 48, 38, 31, 28 }, high = { 66, 57, 45, 36, 33 } },
      { label = "South", values = { 40, 38, false, 31, 29 } },
    },
  }
end
