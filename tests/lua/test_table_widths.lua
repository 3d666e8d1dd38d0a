-- How a table divides its width among its columns.
local t = require "luatest"
local solve = require("briefpress.table_widths").solve

local function sum(widths)
  local total = 0
  for _, width in ipairs(widths) do total = total + width end
  return total
end

t.describe("column widths", function()
  t.it("fill the table whatever the columns want", function()
    for _, most in ipairs { 1, 30, 100, 400, 5000 } do
      local widths = solve({ { least = 20, most = most }, { least = 5, most = 50 }, { width = 60 } }, 400, 10)
      t.near(sum(widths), 380)
      t.near(widths[3], 60)
    end
  end)
  t.it("let each column keep its longest word where they can", function()
    local widths = solve({ { least = 90, most = 500 }, { least = 80, most = 90 } }, 210, 10)
    t.truthy(widths[1] >= 90 and widths[2] >= 80, "words stay whole")
  end)
  t.it("give shares what is left", function()
    t.equal(solve({ { width = 50 }, { width = "1fr" }, { width = "3fr" } }, 270, 10), { 50, 50.0, 150.0 })
  end)
  t.it("leave no column without width", function()
    local widths = solve({ { least = 4000, most = 9000 }, { least = 1, most = 1 } }, 110, 10)
    t.truthy(widths[2] > 0)
    t.near(sum(widths), 100)
  end)
  t.it("refuse more than there is", function()
    t.raises("layout.lua:1: table: the widths of its columns need", solve, { { width = 300 }, { width = "1fr" } }, 200,
      10, "layout.lua:1")
    t.raises("must be positive", solve, { { width = 0 } }, 200, 10, "layout.lua:1")
  end)
end)
