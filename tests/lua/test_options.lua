-- How components read what a layout hands in.
local t = require "luatest"
local b = require "briefpress"
local options = require "briefpress.options"

local known = { size = "number", color = "color", align = { "left", "right" }, keep = "boolean", width = "length" }

t.describe("options", function()
  t.it("let a leaf be given without a table", function()
    t.equal(options.read("text", "words", known), { "words" })
  end)
  t.it("are refused by name, with the nearest", function()
    t.raises('text: no option "sice"; did you mean "size"?', options.read, "text", { sice = 1 }, known)
    t.raises('no option "qqqqqq"; it knows align, color', options.read, "text", { qqqqqq = 1 }, known)
  end)
  t.it("name the first of several faults, whatever the order", function()
    t.raises('no option "aaaaaa"', options.read, "text", { zzzzzz = 1, aaaaaa = 1, mmmmmm = 1 }, known)
  end)
  t.it("are refused by kind", function()
    t.raises("text: size must be a number, got true", options.read, "text", { size = true }, known)
    t.raises('text: align must be one of "left", "right", got "middle"', options.read, "text", { align = "middle" },
      known)
    t.raises("text: size must be a number", options.read, "text", { size = 0 / 0 }, known)
    t.raises("text: keep must be true or false", options.read, "text", { keep = "yes" }, known)
    t.raises("text: width must be a length", options.read, "text", { width = {} }, known)
  end)
  t.it("tell lengths and colours by their form", function()
    local form = { width = "length", column = "width", color = "color" }
    for _, good in ipairs { 12, -3.5, "12pt", " 20 mm ", "-2cm", ".5in", "1.5em", "50%", "2fr", "3pc" } do
      t.equal(options.read("x", { width = good }, form).width, good)
    end
    for _, bad in ipairs { "", "12", "12 mmm", "mm", "1.mm", "--2mm", "1,5mm", "12px", "10 20mm", "12mm 3", "auto" } do
      t.raises("x: width must be a length", options.read, "x", { width = bad }, form)
    end
    t.raises('got "12"; a text needs a unit ("12pt"), points are a number (12)', options.read, "x", { width = "12" }, form)
    t.equal(options.read("x", { column = "auto" }, form).column, "auto")
    for _, good in ipairs { "accent", "series.2", "#fff", "#1b365d", "#1b365d80" } do
      t.equal(options.read("x", { color = good }, form).color, good)
    end
    for _, bad in ipairs { "", "#", "#12", "#1b365", "#xyzxyz" } do
      t.raises("x: color must be a colour", options.read, "x", { color = bad }, form)
    end
  end)
  t.it("suggest no word of which half is another", function()
    t.raises('no option "kind"; it knows', options.read, "x", { kind = 1 }, { id = "string", gap = "length" })
    t.raises('no option "yaer"; did you mean "year"?', options.read, "x", { yaer = 1 }, { year = "number" })
  end)
  t.it("are blamed on the line that gave them", function()
    t.raises("test_options.lua:", function()
      local text = b.text { "words", colour = "accent" }
      return text
    end)
  end)
  t.it("leave out holes among the children", function()
    t.equal(options.list { "a", nil, false, "b" }, { "a", "b" })
    t.equal(options.list { nil, nil, "c" }, { "c" })
  end)
end)

t.describe("components", function()
  t.it("suggest the nearest name", function()
    t.raises("b.headng: no such component; did you mean b.heading?", function() return b.headng end)
    t.raises("b.chart.bars: no such component; did you mean b.chart.bar?", function() return b.chart.bars end)
  end)
  t.it("refuse children that are no blocks", function()
    t.raises("stack: child 2 is a number", function()
      local stack = b.stack { "a", 5 }
      return stack
    end)
  end)
  t.it("open up lists among the children", function()
    t.equal(#b.stack({ "a", { "b", { "c" } } }).children, 3)
  end)
  t.it("need what they cannot do without", function()
    t.raises("say what it shows", function() local x = b.image "a.png" return x end)
    t.raises("text expects a string, got a number", function() local x = b.text(5) return x end)
    t.raises("section expects its title", function() local x = b.section { "words" } return x end)
    t.raises("row: it has no children", function() local x = b.row {} return x end)
    t.raises("table: rows must be", function() local x = b.table { columns = { "A" } } return x end)
    t.raises("figure expects an indicator", function() local x = b.figure {} return x end)
    t.raises("block: layout must be a function", function() local x = b.block {} return x end)
  end)
end)
