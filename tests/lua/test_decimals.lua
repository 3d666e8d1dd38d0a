-- Columns of tables whose decimal marks stand below each other.
local t = require "luatest"
local b = require "briefpress"
local engine = require "briefpress.engine"
local Context = require "briefpress.context"
local decimals = require "briefpress.table_decimals"
local plain = require "themes.plain"

local function context()
  return Context.new { data = {}, params = {}, language = "en", ledger = {}, theme = plain }
end

--- A table of one column, bound and measured for a width.
local function bound(rows, column)
  column = column or {}
  column.align = "decimal"
  local list = {}
  for i, value in ipairs(rows) do list[i] = { value } end
  local made, cx = b.table { columns = { column }, rows = list }, context()
  made:prepare(cx, 300)
  return made, cx
end

t.describe("a decimal column", function()
  local style = engine.text.style { family = plain.fonts.body, size = 8.5, color = "#1f2933", features = "tnum" }
  local function width(text) return engine.text.width(style, text) end
  t.it("measures what its cells have before and behind the mark", function()
    local cx = context()
    for text, whole in next, { ["3.25"] = "3", ["1,200"] = "1,200", ["34.8%"] = "34", ["about 6.25 m"] = "about 6", ["12%"] = "12",
      ["n/a"] = "n/a", ["1.2.3"] = "1.2", [""] = "" } do
      local before, behind = decimals.decimal(cx, style, text)
      t.near(before, width(whole))
      t.near(behind, width(text) - width(whole))
    end
  end)
  t.it("indents each cell by what the longest has behind the mark", function()
    local made, cx = bound { 3.25, 1200, 0.5, 12345.678 }
    local column = made.columns[1]
    t.near(column.part, width "12,345.678" - width "12,345")
    t.near(decimals.indent(cx, column, style, "3.25"), column.part - (width "3.25" - width "3"))
    t.near(decimals.indent(cx, column, style, "1,200"), column.part)
    t.near(decimals.indent(cx, column, style, "12,345.678"), 0)
  end)
  t.it("is as wide as its longest whole and its longest part", function()
    local column = bound({ "1,000,000", "0.123456" }).columns[1]
    t.near(column.most, width "1,000,000" + width "0.123456" - width "0")
  end)
  t.it("measures marked-up cells by their line", function()
    local made, cx = bound { "**2.5**", "*3*" }
    local column = made.columns[1]
    t.truthy(column.part > 0)
    t.near(decimals.indent(cx, column, column.set, column.print(1)), 0)
    t.truthy(decimals.indent(cx, column, column.set, column.print(2)) > 3)
  end)
  t.it("leaves blocks that are no line where they are", function()
    local made, cx = bound { b.stack { "a" } }
    t.equal(decimals.indent(cx, made.columns[1], style, made.columns[1].print(1)), 0)
  end)
  t.it("is refused under any other name", function()
    t.raises('align must be one of "left", "right", "center", "decimal"', function()
      local made = b.table { columns = { { align = "dot" } }, rows = {} }
      return made
    end)
  end)
end)
