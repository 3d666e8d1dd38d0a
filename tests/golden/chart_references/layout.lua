-- Lines and bands that bars (lying and standing) and dots are held against: labels above the rows or behind the right
-- end, lines that stop at texts and have an edge where they cross a bar.
local b = require "briefpress"

local stations = { { label = "Station Street", value = 31.2 }, { label = "Harbour Bridge", value = 26.6 },
  { label = "City Park", value = 9.4 }, { label = "Market Hall", value = 19 } }

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 430 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.bar { title = "Two stations are above the limit", stations,
      references = { { value = 20, label = "EU limit from 2030", color = "ink" }, { value = 10, label = "WHO guideline" } } },
    b.chart.bar { direction = "vertical", height = 150, series = { "2024", "2025" },
      references = { { value = { 0, 10 }, label = "Advised" }, { y = 20, label = "Limit from 2030", dash = false } },
      { label = "Station Street", values = { 33.1, 31.2 } }, { label = "City Park", values = { 11, 9.4 } },
      { label = "Market Hall", values = { 21.5, 19 } } },
    b.chart.dot { sort = "falling", labels = false, x_axis = { min = 0 },
      references = { { x = 20, label = "Limit" }, { value = { 5, 10 }, label = "Aim", color = "accent" } }, stations },
  }
end
