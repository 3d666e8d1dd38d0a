-- Where ticks stand: round numbers, powers, dates.
local t = require "luatest"
local ticks = require "briefpress.chart.ticks"

t.describe("ticks", function()
  t.it("are round, as the paper has them", function()
    t.equal((ticks.numbers(0, 100, 6)), { 0.0, 20.0, 40.0, 60.0, 80.0, 100.0 })
    t.equal((ticks.numbers(-3, 7, 3)), { -4.0, 0.0, 4.0, 8.0 })
    t.equal((ticks.numbers(0, 1, 5)), { 0.0, 0.25, 0.5, 0.75, 1.0 })
  end)
  t.it("cover the data, rise by one step, and are about as many as wanted", function()
    local seed = 7
    local function random()
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed / 2147483648
    end
    for _ = 1, 300 do
      local low = (random() - 0.5) * 10 ^ (random() * 12 - 4)
      local high = low + math.max(math.abs(low) * 1e-6, (0.1 + random()) * 10 ^ (random() * 10 - 4))
      local wanted = 3 + math.floor(random() * 6)
      local values, step = ticks.numbers(low, high, wanted)
      t.truthy(#values >= 2 and #values <= 2 * wanted + 1, ("%g to %g: %d ticks for %d"):format(low, high, #values,
        wanted))
      for i = 2, #values do t.near((values[i] - values[i - 1]) / step, 1, 1e-3) end
      t.truthy(values[1] > low - 1.01 * step and values[#values] < high + 1.01 * step, "ticks stay near the data")
    end
  end)
  t.it("are one where there is one value", function()
    t.equal((ticks.numbers(5, 5, 6)), { 5.0 })
  end)
  t.it("show as many decimals as they need", function()
    t.equal(ticks.decimals { 0, 10, 20 }, 0)
    t.equal(ticks.decimals { 0, 0.25, 0.5 }, 2)
    t.equal(ticks.decimals { 0.1, 0.2, 0.3 }, 1)
  end)
  t.it("are powers of ten, with 2 and 5 where there are few", function()
    t.equal(ticks.powers(1, 10, 6), { 1.0, 2.0, 5.0, 10.0 })
    t.equal(ticks.powers(3, 40000, 4), { 1.0, 100.0, 10000.0 })
  end)
  t.it("are years, quarters or months as there is room", function()
    t.equal({ ticks.dates(2015, 2022, 9) }, { { "2015", "2016", "2017", "2018", "2019", "2020", "2021", "2022" },
      "year" })
    t.equal({ ticks.dates(2000, 2022, 6) }, { { "2000", "2005", "2010", "2015", "2020" }, "year" })
    t.equal({ ticks.dates(2021, 2021.75, 6) }, { { "2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4" }, "quarter" })
    t.equal(select(2, ticks.dates(2021, 2021.9, 13)), "month")
  end)
  t.it("are at nothing finer than the data, and at quarters only where the data are", function()
    t.equal({ ticks.dates(2021, 2022, 13, "year") }, { { "2021", "2022" }, "year" })
    t.equal({ ticks.dates(2021, 2022, 13, "quarter") },
      { { "2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4", "2022-Q1" }, "quarter" })
    t.equal({ ticks.dates(2021, 2021.92, 6, "month") }, { { "2021-01", "2021-04", "2021-07", "2021-10" }, "month" })
    t.equal({ ticks.dates(2020.2, 2022.5, 6, "month") },
      { { "2020-07", "2021-01", "2021-07", "2022-01", "2022-07" }, "month" })
    t.equal(select(2, ticks.dates(2018, 2022.5, 6, "month")), "year")
  end)
end)
