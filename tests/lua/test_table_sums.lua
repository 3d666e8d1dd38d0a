-- Sums of tables: what a reader who adds up the printed figures gets.
local t = require "luatest"
local b = require "briefpress"
local Context = require "briefpress.context"
local engine = require "briefpress.engine"
local plain = require "themes.plain"

local function context()
  return Context.new { data = {}, params = {}, language = "en", ledger = {}, theme = plain }
end

--- The sum of a column of values as a table prints it.
local function sum_of(values, column)
  local rows = {}
  for i, value in ipairs(values) do rows[i] = { "row", value } end
  column.sum, column.title = true, "Sum"
  local made = b.table { columns = { "Name", column }, rows = rows, total = true }
  made:prepare(context(), 300)
  local all = {}
  for i = 1, #values do made.sums:add(i, all) end
  return made.sums:texts(all, false)[2]
end

t.describe("a sum", function()
  t.it("has no noise of floats", function()
    t.equal(sum_of({ 0.1, 0.2 }, {}), "0.3")
    t.equal(sum_of({ 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 }, { decimals = 2 }), "1.00")
    t.equal(sum_of({ 1e9, 0.001, -1e9 }, {}), "0.001")
  end)
  t.it("is that of the figures as printed", function()
    -- Each value prints rounded by the engine; adding up hundredths in whole numbers is what a reader does.
    local seed, values, whole = 7, {}, 0
    for i = 1, 500 do
      seed = (seed * 1103515245 + 12345) % 2147483648
      values[i] = (seed % 2000001 - 1000000) / 1000
      local printed = engine.format.number(values[i], { decimals = 2, grouping = false })
      local minus, ints, cents = printed:match "^(%D*)(%d+)%.(%d%d)$"
      local hundredths = math.tointeger(ints .. cents)
      whole = whole + (minus ~= "" and -hundredths or hundredths)
    end
    t.equal(sum_of(values, { decimals = 2 }), engine.format.number(whole / 100, { decimals = 2 }))
  end)
  t.it("rounds ties as they print", function()
    for _, value in ipairs { 1.005, 2.675, 0.125, 8.165, -1.005, 1.0049999, 10.235 } do
      t.equal(sum_of({ value }, { decimals = 2 }), engine.format.number(value, { decimals = 2 }))
    end
  end)
  t.it("leaves out what is no number", function()
    t.equal(sum_of({ 1, "n/a", { 2, note = "Estimate." } }, {}), "3")
  end)
  t.it("is exact for large whole numbers, and refuses what cannot be", function()
    t.equal(sum_of({ 4503599627370495, 1 }, { decimals = 0 }), "4,503,599,627,370,496")
    t.raises("too large to be exact", sum_of, { 9007199254740992, 1 }, { decimals = 0 })
    t.raises("too large to be exact", sum_of, { 1e13 }, { decimals = 3 })
  end)
end)

t.describe("sums that cannot be", function()
  local function layout(spec)
    local made = b.table(spec)
    made:prepare(context(), 300)
  end
  t.it("need a column to sum, and one to name them", function()
    t.raises("total = true needs a column with sum = true", layout, { columns = { "A", "B" }, rows = {}, total = true })
    t.raises("the first column names the sums", layout, { columns = { { title = "A", sum = true } }, rows = {} })
    t.raises("subtotals are of groups", layout, { columns = { "A" }, rows = {}, subtotals = true })
    t.raises("total must be true or a row", layout, { columns = { "A" }, rows = {}, total = "All" })
  end)
end)
