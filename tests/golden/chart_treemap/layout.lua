-- Groups in colours of their own, names inside of what has room for them.
local b = require "briefpress"

return function()
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.treemap {
      height = 170,
      { label = "Social", items = { { label = "Schools", value = 412 }, { label = "Child care", value = 236 } } },
      { label = "Works", items = { { label = "Roads", value = 164 }, { label = "Parks", value = 9 } } },
    },
  }
end
