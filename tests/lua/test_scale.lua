-- Scales and dates of the charts.
local t = require "luatest"
local scale = require "briefpress.chart.scale"

t.describe("a scale", function()
  t.it("cuts into round steps", function()
    t.near(scale.step(100, 5), 20)
    t.near(scale.step(7, 5), 2)
    t.near(scale.step(0.9, 4), 0.25)
    t.near(scale.step(1748, 6), 500)
    t.equal(scale.step(0, 5), 1)
  end)
  t.it("has zero in it", function()
    t.equal({ scale.range { 5, 9 } }, { 0, 9 })
    t.equal({ scale.range { -5, -2 } }, { -5, 0 })
    t.equal({ scale.range { 0, 0 } }, { 0, 1 })
  end)
  t.it("reads dates as years", function()
    t.equal(scale.years "2022", 2022)
    t.equal(scale.years("2022", true), 2023)
    t.near(scale.years "2022-07", 2022.4959)
    t.near(scale.years "2022-Q3", 2022.5)
    t.near(scale.years "2022-12-31", 2022.9973)
    t.truthy(scale.years "2022-07-15" > scale.years "2022-07")
    t.equal({ scale.years "soon", scale.years "2022-13" }, {})
  end)
  t.it("moves labels apart and keeps them inside", function()
    local list = { { at = 5, size = 20 }, { at = 6, size = 20 }, { at = 95, size = 20 }, { at = 96, size = 20 } }
    scale.spread(list, 0, 100, 2)
    for i, label in ipairs(list) do
      t.truthy(label.at - 10 >= -0.001 and label.at + 10 <= 100.001, "label " .. i .. " is inside")
      local before = list[i - 1]
      t.truthy(not before or label.at - before.at >= 22 - 0.001, "label " .. i .. " keeps its distance")
    end
  end)
end)
