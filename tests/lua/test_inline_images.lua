-- Images in a text.
local t = require "luatest"
local b = require "briefpress"
local Context = require "briefpress.context"
local inline = require "briefpress.inline"
local plain = require "themes.plain"

local function context()
  return Context.new { data = {}, params = {}, language = "en", ledger = {}, theme = plain }
end

t.describe("an image in a text", function()
  t.it("is told by its text in titles", function()
    t.equal(inline.plain(context(), "A ![blue *field*](blue.png) b"), "A blue field b")
  end)
  t.it("stands in texts alone", function()
    t.raises('layout.lua:1: "c.png": an image may stand in b.text, not in this text; use b.image', inline.spans, context(),
      "a ![b](c.png)", "body", nil, "layout.lua:1")
    t.raises("not in this text", function() return b.heading("![b](c.png)"):prepare(context()) end)
  end)
  t.it("is read below the allowed folders only", function()
    t.raises("outside the folders that may be read", function() return b.text("![b](/etc/c.png)"):prepare(context()) end)
    t.raises("c.png", function() return b.text("![b](c.png)"):prepare(context()) end)
  end)
  t.it("moves no line", function()
    t.raises('"c.png": an image in a text is as high as the letters (30 points), there are', function()
      return b.text({ "![b](c.png)", size = 30, leading = 12 }):prepare(context())
    end)
  end)
  t.it("takes no placeholders", function()
    t.raises("the text of an image takes no placeholder", inline.spans,
      Context.new { data = testing.data [[{"dataset": {"id": "d", "title": "T"}, "indicators": []}]], params = {}, ledger = {},
        language = "en", theme = plain }, "![{dataset.title}](c.png)", "body", nil, "layout.lua:1", {})
  end)
end)
