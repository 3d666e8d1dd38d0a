-- Fourteen months: a tick at each third, years below where they begin; the value at each point, as far as there is room.
local b = require "briefpress"

return function()
  local months, values = {}, {}
  for i = 1, 14 do
    months[i] = ("%d-%02d"):format(2021 + (i - 1) // 12, (i - 1) % 12 + 1)
    values[i] = 20 + (i * 7) % 13
  end
  return b.report {
    title = "Charts", footer = false, paper = { 320, 240 }, margins = { top = 16, right = 16, bottom = 16, left = 16 },
    b.chart.line { x = months, labels = "points", points = true, height = 150, { label = "Ships", values = values } },
  }
end
