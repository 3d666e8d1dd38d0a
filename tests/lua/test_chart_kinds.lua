-- What charts draw and tell: where their data come from, what is a gap, what is wrong, what a screen reader hears.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [=[{
  "dataset": {"id": "d", "title": "Sample", "languages": ["en"], "published": "2022-09-03"},
  "sources": [{"id": "s1", "title": "The bulletin"}],
  "indicators": [
    {"id": "ships", "label": "Ships", "observations": [{"period": "2020", "value": 40, "source": "s1"},
      {"period": "2021", "value": 70, "source": "s1"}, {"period": "2022", "value": 50, "source": "s1"}]}
  ],
  "tables": [{"id": "dust", "title": "Dust", "columns": [{"id": "year", "type": "number", "title": "Year"},
    {"id": "city", "type": "text", "title": "City"}, {"id": "value", "type": "number", "title": "Dust"}],
    "rows": [[2020, "North", 40], [2020, "South", 10], [2021, "North", 70], [2021, "South", null], [2022, "North", 50],
      [2022, "South", 30]]}]
}]=]

--- The drawing steps of a report of some charts.
local function draw(...)
  testing.trace()
  run.render(b.report { title = "T", footer = false, ... }, testing.document(), data, {})
  return testing.trace()
end

local function count(text, part)
  return select(2, text:gsub(part:gsub("%p", "%%%0"), ""))
end

--- The alternative text of the first figure.
local function alt_of(...)
  return draw(...):match 'Figure[^\n]- alt "(.-)" box'
end

--- Steps that draw something, without names of places in the layout.
local function steps(trace)
  local list = {}
  for line in trace:gmatch "[^\n]+" do
    if line:find "^%s*path" then list[#list + 1] = line end
  end
  return list
end

t.describe("charts read", function()
  t.it("indicators, their ids, lists and rows alike", function()
    local wanted = steps(draw(b.chart.line { "ships" }))
    t.truthy(#wanted >= 3)
    t.equal(steps(draw(b.chart.line { data.indicators.ships })), wanted)
    t.equal(steps(draw(b.chart.line { x = { "2020", "2021", "2022" }, { label = "Ships", values = { 40, 70, 50 } } })),
      wanted)
    t.equal(steps(draw(b.chart.line { { points = { { "2021", 70 }, { "2022", 50 }, { x = "2020", y = 40 } } } })),
      wanted)
    t.equal(steps(draw(b.chart.line { rows = { { at = 2020, n = 40 }, { at = 2021, n = 70 }, { at = 2022, n = 50 } },
      x = "at", y = "n" })), wanted)
  end)
  t.it("tables of the data, a column for the series", function()
    local trace = draw(b.chart.line { rows = data.tables.dust, x = "year", y = "value", series = "city" })
    t.contains(trace, '"North"')
    t.contains(trace, '"South"')
    trace = draw(b.chart.bar { rows = data.tables.dust, x = "year", y = "value", series = "city" })
    t.contains(trace, '"2021"')
    t.contains(trace, '"70"')
  end)
  t.it("what is missing as a gap", function()
    local function path(...)
      local trace = draw(b.chart.line { { values = { ... } } })
      return trace:match "path (M[^\n]-) stroke #1f4e79"
    end
    t.equal(count(path(1, 2, 3, 4, 5), "M"), 1)
    t.equal(count(path(1, 2, false, 4, 5), "M"), 2)
    t.equal(count(path(1, 2, nil, 4, 5), "M"), 2)
  end)
end)

t.describe("charts draw", function()
  t.it("bars from zero, in proportion", function()
    for _, direction in ipairs { "horizontal", "vertical" } do
      local sizes = {}
      for width, height in draw(b.chart.bar { direction = direction, { label = "a", value = 10 },
        { label = "b", value = 30 } })
        :gmatch "path R %S+ %S+ (%S+) (%S+) fill" do
        sizes[#sizes + 1] = tonumber(direction == "vertical" and height or width)
      end
      t.equal(#sizes, 2)
      t.near(sizes[2] / sizes[1], 3, 0.01)
    end
  end)
  t.it("figures inside of bars, behind short ones, and none where there is no room", function()
    local trace = draw(b.chart.bar { labels = "inside", { label = "a", value = 7 }, { label = "b", value = 1000 } })
    t.contains(trace, '"7"')
    t.contains(trace, '"1,000"')
    testing.findings()
    trace = draw(b.chart.bar { labels = "inside", bar_width = 4, series = { "x", "y", "z" },
      { label = "a", values = { 7111, 7222, 7333 } } })
    t.truthy(not (trace:find('"7,111"') and trace:find('"7,222"') and trace:find('"7,333"')), "not all of them")
    t.contains(testing.findings()[1].text, "no room for")
  end)
  t.it("figures in the parts of stacked bars, and a finding of those that their parts cannot hold", function()
    for _, direction in ipairs { "horizontal", "vertical" } do
      local function chart(values, labels)
        return draw(b.chart.bar { stacked = true, direction = direction, labels = labels,
          { label = "a", values = values } })
      end
      testing.findings()
      local trace = chart { 400, 600, 0 }
      t.contains(trace, '"400"')
      t.contains(trace, '"600"')
      t.equal(#testing.findings(), 0, "a part of nothing has no figure to lose")
      t.truthy(not chart({ 995, 5 }):find('"5"', 1, true), "not written over the edge of its part")
      t.contains(testing.findings()[1].text, 'no room for the label "5"')
      chart({ 995, 5 }, "none")
      t.equal(#testing.findings(), 0)
    end
  end)
  t.it("axes that begin at zero where the values come near to it, and have a number at each line of any size", function()
    local function has(values, text, options)
      return draw(b.chart.line { labels = "none", y_axis = options, { label = "x", values = values } })
        :find('"' .. text .. '"', 1, true) ~= nil
    end
    t.truthy(has({ 6, 31 }, "0"))
    t.truthy(has({ -6, -31 }, "0"))
    t.truthy(not has({ 60, 100 }, "0"))
    t.truthy(not has({ 6, 31 }, "0", { zero = false }))
    t.truthy(not has({ 6, 31 }, "0", { min = 5 }))
    local theme = b.theme("plain", { type = { chart_label = { size = 24, leading = 30 } } })
    testing.trace()
    run.render(b.report { title = "T", footer = false, theme = theme,
      b.chart.line { labels = "none", height = 300, { label = "x", values = { 6, 31 } } } }, testing.document(), data, {})
    local highest = 0
    for number in testing.trace():gmatch '"(%d+)" Inter' do highest = math.max(highest, tonumber(number)) end
    t.truthy(highest > 31, "the highest line has its number")
  end)
  t.it("shares that fill their bars", function()
    local sum = 0
    for width in draw(b.chart.bar { share = true, label_width = 40, { label = "a", values = { 1, 2, 1 } } })
      :gmatch "path R %S+ %S+ (%S+) %S+ fill" do sum = sum + tonumber(width) end
    t.near(sum, 595.276 - 128 - 50, 2)
  end)
  t.it("lines that cross and look alike in grey with dashes, others without", function()
    local function dashes(first, second, color)
      return count(draw(b.chart.line { { label = "a", values = first }, { label = "b", values = second,
        color = color } }),
        " dash")
    end
    t.equal(dashes({ 1, 2, 3 }, { 4, 5, 6 }), 0)
    t.equal(dashes({ 1, 2, 3 }, { 3, 2, 1 }), 0, "dark and light")
    local theme = b.theme(require "themes.plain", { colors = { series = { "#406080", "#a03020" } } })
    testing.trace()
    run.render(b.report { title = "T", footer = false, theme = theme,
      b.chart.line { { label = "a", values = { 1, 2, 3 } }, { label = "b", values = { 3, 2, 1 } } } },
        testing.document(), data, {})
    t.equal(count(testing.trace(), " dash"), 1)
  end)
  t.it("charts of a set on one scale, with one legend", function()
    local function chart(values)
      return b.chart.line { labels = "none", { label = "x", values = values }, { label = "y", values = { 1, 1 } } }
    end
    local trace = draw(b.chart.multiples { columns = 2, chart { 0, 100 }, chart { 0, 5 } })
    t.equal(count(trace, '"100"'), 2)
    t.equal(count(trace, '"x"'), 1)
  end)
  t.it("figures of one number of decimals, as many as one needs or as the layout asks", function()
    local list = { { label = "a", value = 31.2 }, { label = "b", value = 17 }, { label = "c", value = 9, text = "nine" } }
    local function figures(kind, spec)
      local said = {}
      for text in draw(b.chart[kind] { list, table.unpack(spec or {}), decimals = spec and spec.decimals }):gmatch
        '\ntext [%d.]+ [%d.]+ "([^"]*)"' do
        if text:find "^%d+%.%d" or text == "17" or text == "nine" then said[#said + 1] = text end
      end
      return table.concat(said, " ")
    end
    t.equal(figures "bar", "31.2 17.0 nine")
    t.equal(figures "donut", "31.2 17.0 nine")
    t.equal(figures("bar", { decimals = 2 }), "31.20 17.00 nine")
    t.equal(figures("bar", { "ships", decimals = 1 }), "31.2 17.0 nine 50.0")
    local bullets = draw(b.chart.bullet { { label = "a", value = 31.2, target = 20 }, { label = "b", value = 26 } })
    t.contains(bullets, '"31.2"')
    t.contains(bullets, '"26.0"')
    t.contains(bullets, "target 20.0")
    local rows = draw(b.chart.bar { rows = { { n = "a", v = 1 / 3 }, { n = "b", v = 2 } }, x = "n", y = "v" })
    t.contains(rows, '"0.33"')
    t.contains(rows, '"2.00"')
    local small = draw(b.chart.bar { { label = "a", value = 0.0012 }, { label = "b", value = 0.02 } })
    t.contains(small, '"0.001"')
    t.contains(small, '"0.020"')
  end)
  t.it("lines of reference at a value, on whichever axis it is", function()
    local limit = { { value = 60, label = "Limit", dash = false } }
    local function lines(kind, spec)
      spec.references = limit
      return select(2, draw(b.chart[kind](spec)):gsub("%f[%a]text [%d.]+ [%d.]+ \"Limit\"", ""))
    end
    t.equal(lines("line", { "ships" }), 1)
    t.equal(lines("bar", { "ships" }), 1)
    t.equal(lines("bar", { "ships", direction = "vertical" }), 1)
    t.equal(lines("dot", { "ships" }), 1)
    t.equal(lines("histogram", { { 40, 50, 60, 70 } }), 1)
    t.equal(draw(b.chart.line { "ships", references = limit }),
      (draw(b.chart.line { "ships", references = { { y = 60, label = "Limit", dash = false } } })))
    t.contains(alt_of(b.chart.bar { "ships", references = limit }), "Limit: 60")
  end)
  t.it("treemaps whose areas are the values", function()
    local squarify = require("briefpress.chart.treemap").squarify
    local list = { { value = 6 }, { value = 6 }, { value = 4 }, { value = 3 }, { value = 2 }, { value = 2 },
      { value = 1 } }
    local sum = 0
    for i, box in ipairs(squarify(list, 0, 0, 60, 40)) do
      t.near(box[3] * box[4], list[i].value * 100, 0.01)
      t.truthy(box[1] >= -0.01 and box[2] >= -0.01 and box[1] + box[3] <= 60.01 and box[2] + box[4] <= 40.01)
      t.truthy(math.max(box[3] / box[4], box[4] / box[3]) < 3.2, "near to a square")
      sum = sum + box[3] * box[4]
    end
    t.near(sum, 2400, 0.1)
  end)
  t.it("a point where there is one value, and 500 values", function()
    t.contains(draw(b.chart.line { { values = { 7 } } }), "path")
    local many = {}
    for i = 1, 500 do many[i] = i % 37 end
    for _, kind in ipairs { "line", "area", "histogram", "sparkline" } do t.contains(draw(b.chart[kind] { many }),
      "path") end
  end)
  t.it("powers on a logarithmic axis", function()
    local trace = draw(b.chart.line { y_axis = { kind = "log" }, { values = { 1, 10, 100, 1000 } } })
    for _, text in ipairs { '"1"', '"10"', '"100"', '"1,000"' } do t.contains(trace, text) end
  end)
  t.it("sparklines in the cells of a table, as figures", function()
    local trace = draw(b.table { columns = { "a", "b" }, rows = { { "Ships", b.chart.sparkline { "ships" } } } })
    t.contains(trace, "Figure")
    t.contains(trace, "Sparkline")
  end)
  t.it("figures of indicators, which enter the ledger", function()
    testing.trace()
    local told = run.render(b.report { title = "T", footer = false, b.chart.line { "ships" } }, testing.document(),
      data, {})
    t.equal(#told.ledger, 1)
    t.equal(told.ledger[1].printed, "50")
    t.equal(told.ledger[1].period, "2022")
    t.truthy(told.ledger[1].boxes, "its place is known")
  end)
end)

t.describe("charts say", function()
  t.it("what is shown, how much, and where it goes", function()
    local alt = alt_of(b.chart.line { title = "Up and *down*", y_axis = { title = "count" }, "ships" })
    for _, part in ipairs { "Line chart: Up and down", "Horizontal axis: 2020 to 2022",
      "Vertical axis: count, 40 to 70",
      "Ships: rising. 2020: 40; 2021: 70; 2022: 50" } do
      t.contains(alt, part)
    end
    alt = alt_of(b.chart.line { { label = "Ships", values = { 4, 7, 5, 6, 3 } } })
    t.contains(alt, "Ships: least 3 (5), greatest 7 (2), falling. 1: 4; 2: 7")
  end)
  t.it("gaps and equal values", function()
    t.contains(alt_of(b.chart.line { { values = { 1, false, 3 } } }), "1 missing, rising. ")
    t.contains(alt_of(b.chart.bar { { label = "a", values = { 1, false } } }), "no value")
    t.contains(alt_of(b.chart.line { { values = { 2, 2, 2 } } }), "all 2")
  end)
  t.it("of many values the summary alone", function()
    local many = {}
    for i = 1, 100 do many[i] = i end
    local alt = alt_of(b.chart.line { many })
    t.contains(alt, "100 values, first 1 (1), last 100 (100), least 1 (1), greatest 100 (100), rising")
    t.truthy(#alt < 300, "no list of all values")
  end)
  t.it("what two numbers have to do with each other", function()
    t.contains(alt_of(b.chart.scatter { { points = { { 1, 2 }, { 2, 4 }, { 3, 5 } } } }), "the two rise together")
    t.contains(alt_of(b.chart.scatter { { points = { { 1, 5 }, { 2, 4 }, { 3, 2 } } } }),
      "one rises as the other falls")
  end)
  t.it("the same in Chinese", function()
    local en, zh = require "briefpress.phrases.en", require "briefpress.phrases.zh"
    for name in require("briefpress.sorted").pairs(en) do
      if name:find "^alt_" or name:find "^chart_" then
        t.truthy(zh[name] and zh[name]:find "[\xe3-\xe9]", name .. " in Chinese")
        for hole in en[name]:gmatch "{%w+}" do t.contains(zh[name], hole) end
      end
    end
  end)
end)

t.describe("charts refuse", function()
  t.it("what cannot be drawn, with the line and a remedy", function()
    local function refuses(part, kind, spec)
      local message = t.raises(part, draw, b.chart[kind](spec))
      t.contains(message, "test_chart_kinds.lua:")
    end
    refuses("it has no items", "line", {})
    refuses("all its values are missing", "line", { { values = { false, false } } })
    refuses("all its values are missing", "bar", { { label = "a", values = { false, false } } })
    refuses("it has no values", "histogram", { {} })
    refuses('no column "vlaue"; did you mean "value"?', "line", { rows = data.tables.dust, x = "year", y = "vlaue" })
    refuses('no column "yaer"; did you mean "year"?', "bar", { rows = data.tables.dust, x = "yaer", y = "value" })
    refuses("must be a number", "line", { { values = { 1, "two" } } })
    refuses("no place for 0", "line", { y_axis = { kind = "log" }, { values = { 0, 1 } } })
    refuses("areas start at zero", "area", { y_axis = { kind = "log" }, { values = { 1, 2 } } })
    refuses("needs two times", "slope", { { label = "a", values = { 1 } } })
    refuses("below zero", "treemap", { { label = "a", value = -1 }, { label = "b", value = 2 } })
    refuses("below zero; chart.dot shows such values", "bullet", { { label = "a", value = -1 } })
    refuses("stacked bars cannot show values below zero", "bar", { stacked = true,
      { label = "a", values = { 1, -1 } } })
    refuses('there is no "2030"', "line", { x = { "a", "b" }, { values = { 1, 2 } }, references = { { x = "2030" } } })
    refuses("reference 1: both axes have values; give x or y", "scatter", { { label = "a", points = { { 1, 2 } } },
      references = { { value = 1 } } })
    refuses("the values are not on x here; give value =", "bar", { direction = "vertical", { label = "a", value = 1 },
      references = { { x = 1 } } })
    refuses("reference 1 needs value =", "dot", { { label = "a", value = 1 }, references = { { label = "Limit" } } })
    refuses("one bar for a whole takes no references", "bar", { stacked = true, { label = "a", value = 1 },
      references = { { value = 1 } } })
    refuses("reference 1 stands outside of the axis, which goes from 0 to 5", "dot", { { label = "a", value = 3 },
      x_axis = { min = 0, max = 5 }, references = { { value = 9 } } })
    refuses('has nothing that "MMM" could print; the axis has its ticks at years, ticks = changes that',
      "line", { x = { "2020", "2021", "2022" }, { values = { 1, 2, 3 } },
        x_axis = { format = function(date) return b.format.date(date, "MMM") end } })
    refuses("annotation 1 needs y", "line", { { values = { 1, 2 } }, annotations = { { x = 1.5, text = "here" } } })
    refuses("all charts are of one kind", "multiples", { b.chart.line { { 1, 2 } }, b.chart.area { { 1, 2 } } })
    refuses("make bin_width wider", "histogram", { { 1, 1000000 }, bin_width = 1 })
  end)
  t.it("options that they do not know", function()
    t.raises('chart.line: no option "anotations"; did you mean "annotations"?', b.chart.line,
      { anotations = {}, { 1, 2 } })
    t.raises('chart.axis: no option "tiks"; did you mean "ticks"?', draw, b.chart.line { y_axis = { tiks = 3 },
      { 1, 2 } })
    t.raises("b.chart.lien: no such component; did you mean b.chart.line?", function() return b.chart.lien end)
  end)
end)

-- Colours as people without red or green cones see them (Machado, Oliveira and Fernandes, 2009), and how far apart they
-- are (Oklab, Ottosson, 2020).
local sights = {
  normal = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
  protanopia = { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 },
    { -0.003882, -0.048116, 1.051998 } },
  deuteranopia = { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 },
    { -0.011820, 0.042940, 0.968881 } },
}

local function times(matrix, v)
  local result = {}
  for i, row in ipairs(matrix) do result[i] = row[1] * v[1] + row[2] * v[2] + row[3] * v[3] end
  return result
end

local function seen(color, sight)
  local linear = {}
  for i = 1, 3 do
    local part = tonumber(color:sub(2 * i, 2 * i + 1), 16) / 255
    linear[i] = part <= 0.04045 and part / 12.92 or ((part + 0.055) / 1.055) ^ 2.4
  end
  local light = times(sight, linear)
  for i = 1, 3 do light[i] = math.max(0, math.min(1, light[i])) end
  local cones = times({ { 0.4122214708, 0.5363325363, 0.0514459929 }, { 0.2119034982, 0.6806995451, 0.1073969566 },
    { 0.0883024619, 0.2817188376, 0.6299787005 } }, light)
  for i = 1, 3 do cones[i] = cones[i] ^ (1 / 3) end
  return times({ { 0.2104542553, 0.7936177850, -0.0040720468 }, { 1.9779984951, -2.4285922050, 0.4505937099 },
    { 0.0259040371, 0.7827717662, -0.8086757660 } }, cones)
end

local function distance(a, c)
  return math.sqrt((a[1] - c[1]) ^ 2 + (a[2] - c[2]) ^ 2 + (a[3] - c[3]) ^ 2)
end

t.describe("colours of series", function()
  local sets = { okabe_ito = require("briefpress.chart.colors").okabe_ito,
    plain = require("themes.plain").colors.series, etown = require("themes.etown").colors.series }
  t.it("are told apart by people who see no red or no green", function()
    for _, name in ipairs { "okabe_ito", "plain", "etown" } do
      for sight, matrix in require("briefpress.sorted").pairs(sights) do
        for i, one in ipairs(sets[name]) do
          for j = 1, i - 1 do
            local apart = distance(seen(one, matrix), seen(sets[name][j], matrix))
            t.truthy(apart > 0.07, ("%s, %s: %s and %s are %.3f apart"):format(name, sight, one, sets[name][j], apart))
          end
        end
      end
    end
  end)
  t.it("are those of Okabe and Ito where a theme has none", function()
    local theme = b.theme(require "themes.plain", {})
    theme.colors.series = nil
    testing.trace()
    run.render(b.report { title = "T", footer = false, theme = theme, b.chart.line { { 1, 2 }, { 3, 1 } },
      b.chart.bar { { label = "a", values = { 1, 2 } } } }, testing.document(), data, {})
    t.contains(testing.trace(), "stroke #d55e00")
  end)
end)
