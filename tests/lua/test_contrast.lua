-- Contrast: how it is reckoned, and what `check` tells of text that is hard to read.
local t = require "luatest"
local b = require "briefpress"
local contrast = require "briefpress.contrast"
local run = require "briefpress.run"
local tints = require "briefpress.tints"

local testing = testing -- luacheck: ignore (a global of test files)

t.describe("contrast", function()
  t.it("runs from 1 to 21", function()
    t.near(contrast.ratio("#000000", "#ffffff"), 21)
    t.near(contrast.ratio("#fff", "#ffffff"), 1)
    t.near(contrast.ratio("#777777", "#ffffff"), 4.478, 0.01)
  end)
  t.it("mixes colours", function()
    t.equal({ tints.mix("#000", "#ffffff", 0.5), tints.mix("#102030", "#102030", 0.3) }, { "#808080", "#102030" })
  end)
  t.it("finds the nearest colour that can be read, darker or lighter", function()
    for _, pair in ipairs { { "#cccccc", "#ffffff" }, { "#c2402a", "#f6e7e3" }, { "#445566", "#10202e" } } do
      local near = tints.nearest(pair[1], pair[2], 4.5)
      local ratio = contrast.ratio(near, pair[2])
      t.truthy(ratio >= 4.5 and ratio < 4.8, near .. " on " .. pair[2])
    end
    t.equal(tints.nearest("#000000", "#777777", 7), "#000000")
  end)
end)

--- What `check` finds in blocks, as one text.
local function findings(blocks, theme)
  blocks.title, blocks.theme = "x", theme
  testing.findings()
  run.render(b.report(blocks), testing.document(), testing.data '{"dataset": {"id": "d", "title": "x"}}', {})
  return t.show(testing.findings())
end

t.describe("check tells of text that is hard to read", function()
  t.it("with both colours, the ratio and a colour that would do", function()
    t.contains(findings({ b.text { "x", color = "#aaaaaa" } }),
      "text in #aaaaaa on #ffffff has a contrast of 2.3, 4.5 is needed to read it well; #757575 would do")
  end)
  t.it("and how to tell of a drawing below it, where it could not be seen at all", function()
    t.contains(findings({ b.layers { b.canvas { height = 20, draw = function() end }, b.text { "x", color = "#ffffff" } } }),
      "a b.stack around it says so with fill")
    t.equal(findings({ b.layers { b.canvas { height = 20, draw = function() end },
      b.stack { fill = "ink", b.text { "x", color = "#ffffff" } } } }), "{}")
    t.truthy(not findings({ b.text { "x", color = "#aaaaaa" } }):find "drawing")
  end)
  t.it("on the ground of a stack, a callout, a cell", function()
    t.contains(findings { b.stack { fill = "#777777", "x" } }, "on #777777")
    t.contains(findings { b.callout { fill = "#888888", "x" } }, "on #888888")
    t.contains(findings { b.table { columns = { "A" }, rows = { { "x" } }, cell_style = function()
      return { fill = "#666666" }
    end } }, "on #666666")
  end)
  t.it("in tables: cells, zebra and header", function()
    local theme = b.theme("plain", { type = { table_head = { color = "#bbbbbb" } }, colors = { accent_soft = "#888888" } })
    local said = findings({ b.table { columns = { { title = "A", color = "#999999" } }, rows = { { "x" } }, zebra = true } },
      theme)
    for _, part in ipairs { "#bbbbbb on #ffffff", "#999999 on #ffffff", "#999999 on #888888" } do t.contains(said, part) end
  end)
  t.it("in cells whose colour is chosen by a function, and in contents", function()
    local said = findings { b.table { columns = { "A" }, rows = { { "x" } }, zebra = true, cell_style = function()
      return { color = "#a0a0a0" }
    end } }
    t.contains(said, "#a0a0a0 on #ffffff")
    t.contains(said, "#a0a0a0 on #eef2f6")
    local theme = b.theme("plain", { type = { contents = { color = "#b0b0b0" } } })
    t.contains(findings({ b.contents {}, b.heading { "One", level = 2 } }, theme), "#b0b0b0 on #ffffff")
  end)
  t.it("in charts: labels, and words inside of bars", function()
    local theme = b.theme("plain", { type = { chart_label = { color = "#bbbbbb" } } })
    t.contains(findings({ b.chart.bar { { label = "A", value = 3 } } }, theme), "#bbbbbb on #ffffff")
    local grey = b.theme("plain", { colors = { on_accent = "#999999", ink = "#777777" } })
    t.contains(findings({ b.chart.bar { labels = "inside", { label = "A", value = 3, color = "#888888" } } }, grey), "on #888888")
  end)
  t.it("in figure cards", function()
    t.contains(findings { b.figure { value = "12", label = "x", color = "#dddddd" } }, "#dddddd on #ffffff")
  end)
  t.it("as a colour with opacity looks on its ground", function()
    t.contains(findings { b.text { "x", color = "#00000040" } }, "#00000040 on #ffffff has a contrast of 1.8")
  end)
end)
