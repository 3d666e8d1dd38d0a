-- Blocks that depend on where they come to stand; what cannot fit.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local data = testing.data [[{"dataset": {"id": "d", "title": "T"}, "indicators": []}]]

--- The pages of a report as lists of the texts that begin with a letter and a figure, and the trace.
local function pages_of(blocks)
  blocks.title, blocks.footer, blocks.paper, blocks.margins = "T", false, { 300, 200 },
    { top = 20, bottom = 20, left = 20, right = 20 }
  testing.trace()
  run.render(b.report(blocks), testing.document(), data, {})
  local trace = testing.trace()
  local pages = {}
  for line in trace:gmatch "[^\n]+" do
    if line:find "^page " then pages[#pages + 1] = {} end
    local text = line:match "^text .-\"(%a%d) ?"
    if text then table.insert(pages[#pages], text) end
  end
  return pages, trace
end

local function box(name, height)
  return b.stack { keep = true, b.text(name), b.canvas { height = height - 14, draw = function() end, space_before = 0 },
    gap = 0 }
end

t.describe("a heading", function()
  t.it("that what follows does not fit below on any page is a finding", function()
    local function findings(tall, wrap)
      testing.findings()
      pages_of { wrap { b.heading "a1", b.canvas { height = tall, draw = function() end }, "c1" } }
      return testing.findings()
    end
    for _, wrap in ipairs { b.stack, function(list) return b.section { title = "s1", list[2], list[3] } end } do
      t.equal(#findings(60, wrap), 0)
      local found = findings(150, wrap)
      t.equal(#found, 1)
      t.contains(found[1].text, "a heading ends its page")
    end
  end)
end)

t.describe("a condition", function()
  t.it("that is known at once leaves nothing behind", function()
    t.equal(pages_of { b.when(true, "a1", "a2"), b.when(false, "b1"), b.when(nil, "c1", "c2") }, { { "a1", "c2" } })
  end)
  t.it("on the page is asked where the block comes to stand", function()
    local function number(page) return page.number == 2 end
    t.equal(pages_of { b.when(number, "a1", "a2"), b.page_break(), b.when(number, "b1", "b2"), b.when(number, "c1") },
      { { "a2" }, { "b1", "c1" } })
  end)
  t.it("on the number of pages is repeated until it holds", function()
    local last = b.when(function(page) return page.number == page.count end, "a1", "a2")
    last.uses_pages = true
    t.equal(pages_of { last, b.page_break(), "b1" }, { { "a2" }, { "b1" } })
  end)
  t.it("takes no heading", function()
    t.raises("a heading cannot depend on where it stands", b.when, function() end, b.stack { b.heading "x" })
  end)
end)

t.describe("room", function()
  t.it("decides between a block and a shorter one", function()
    local choice = b.if_room { box("a1", 120), box("a2", 40) }
    t.equal(pages_of { box("x1", 100), choice }, { { "x1", "a2" } })
    choice = b.if_room { box("a1", 120), box("a2", 40) }
    t.equal(pages_of { choice }, { { "a1" } })
  end)
  t.it("leaves a single block out where there is none", function()
    t.equal(pages_of { box("x1", 100), b.if_room { box("a1", 120) }, "b1" }, { { "x1", "b1" } })
  end)
  t.it("may be asked for in points", function()
    t.equal(pages_of { box("x1", 100), b.if_room { height = 90, "a1", "a2" } }, { { "x1", "a2" } })
    t.equal(pages_of { box("x1", 100), b.if_room { height = 20, "a1", "a2" } }, { { "x1", "a1" } })
  end)
  t.it("that is needed moves what follows, its heading too", function()
    t.equal(pages_of { box("x1", 100), b.need(40), "a1" }, { { "x1", "a1" } })
    t.equal(pages_of { box("x1", 100), b.need "50%", "a1" }, { { "x1" }, { "a1" } })
    t.equal(pages_of { box("x1", 100), b.heading { "h1", numbered = false }, b.need(60), "a1" },
      { { "x1" }, { "h1", "a1" } })
  end)
end)

t.describe("blocks kept together", function()
  t.it("go to the next page as one", function()
    t.equal(pages_of { box("x1", 100), b.keep { box("a1", 30), box("a2", 30) } }, { { "x1" }, { "a1", "a2" } })
  end)
  t.it("are split where no page holds them", function()
    t.equal(pages_of { b.keep { box("a1", 90), box("a2", 90) } }, { { "a1" }, { "a2" } })
  end)
end)

t.describe("what cannot fit", function()
  t.it("is an error that names the block, its height and its line", function()
    local message = t.raises("a block of 186 points is higher than the page, which has 160", pages_of,
      { "a1", b.canvas { height = 186, draw = function() end } })
    t.contains(message, "test_keep.lua:")
  end)
  t.it("is a mark where the report asks for it, and the rest goes on below", function()
    local pages, trace = pages_of { overflow = "mark", "a1", b.canvas { height = 186, draw = function() end }, "b1" }
    t.equal(pages, { { "a1" }, { "b1" } })
    t.contains(trace, "Does")
  end)
  t.it("stops at the box whose height is given", function()
    t.raises("stack: blocks of 50 points do not fit into its 30", pages_of,
      { b.stack { height = 30, b.canvas { height = 50, draw = function() end } } })
    t.equal(pages_of { b.stack { height = 30, overflow = "mark", b.canvas { height = 50, draw = function() end } }, "b1" },
      { { "b1" } })
  end)
end)
