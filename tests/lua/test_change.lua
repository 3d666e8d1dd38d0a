-- The change of an indicator on its earlier period.
local t = require "luatest"

local testing = testing -- luacheck: ignore (a global of test files)

t.describe("a change", function()
  t.it("has differences without the noise of binary fractions", function()
    for _, case in ipairs { { 22.4, 23.1, 0.7 }, { 0.3, 0.1, -0.2 }, { 1000000, 1000000.1, 0.1 }, { 400, 600, 200 } } do
      local given = testing.data(('{"dataset": {"id": "d", "title": "x"}, "indicators": [{"id": "a", "label": "a", '
        .. '"observations": [{"period": "2020", "value": %s}, {"period": "2021", "value": %s}]}]}')
        :format(case[1], case[2])) -- As they are written: "23.1".
      t.equal(given.indicators.a:change().absolute, case[3])
    end
  end)
end)
