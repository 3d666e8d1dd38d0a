-- Three charts on one scale, the names of their series once above them.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.multiples {
      columns = 3, by = "district", rows = {
        { district = "North", year = 2020, women = 5, men = 6 }, { district = "North", year = 2022, women = 4,
          men = 7 },
        { district = "South", year = 2020, women = 2, men = 1 }, { district = "South", year = 2022, women = 3,
          men = 2 },
        { district = "West", year = 2020, women = 9, men = 8 }, { district = "West", year = 2022, women = 8, men = 6 },
      },
      chart = function(rows)
        return b.chart.line { rows = rows, x = "year", y = { "women", "men" }, labels = "none", height = 80 }
      end,
    },
  }
end
