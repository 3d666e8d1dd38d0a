-- A block for each row; blocks that are smaller or turned; what spans columns.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local data = testing.data [=[{"dataset": {"id": "d", "title": "T", "languages": ["en"], "published": "2022-09-03"},
  "tables": [{"id": "towns", "title": "Towns", "columns": [{"id": "name", "type": "text", "title": "Name"},
    {"id": "people", "type": "number", "title": "People"}], "rows": [["Upton", 12], ["Downton", 7]]}]}]=]

--- The texts of a report by page, on pages of 300 by 200 with margins of 20, and the trace.
local function pages_of(blocks)
  blocks.title, blocks.footer, blocks.paper, blocks.margins = "T", false, { 300, 200 },
    { top = 20, bottom = 20, left = 20, right = 20 }
  testing.trace()
  run.render(b.report(blocks), testing.document(), data, {})
  local pages, trace = {}, testing.trace()
  for line in trace:gmatch "[^\n]+" do
    if line:find "^page " then pages[#pages + 1] = "" end
    local text = line:match '^text .-"(.-)"'
    if text then pages[#pages] = pages[#pages] .. (pages[#pages] == "" and "" or " ") .. text end
  end
  return pages, trace
end

t.describe("each row", function()
  t.it("has a block, a text, a list or nothing", function()
    t.equal(pages_of { b.each({ "a", "b", "c", "d" }, function(row, i)
      if i == 1 then return row end
      if i == 2 then return nil end
      if i == 3 then return { row, b.text "and" } end
      return b.text(row)
    end) }, { "a c and d" })
  end)
  t.it("may have a page of its own, with nothing else on it", function()
    t.equal(pages_of { "before", b.each({ 1, 2 }, function(row) return "row" .. row end, { page = true }), "after" },
      { "before", "row1", "row2", "after" })
    t.equal(pages_of { b.each({}, function() return "row" end, { page = true }), "after" }, { "after" })
  end)
  t.it("goes on over pages and keeps headings with what follows", function()
    local rows = {}
    for i = 1, 90 do rows[i] = i end
    local pages = pages_of { b.each(rows, function(row) return { b.heading("H" .. row), "t" .. row } end) }
    local seen = 0
    for _, page in ipairs(pages) do
      t.truthy(page:find "^H%d+ t%d+", page)
      t.truthy(page:find "t%d+$", page)
      for a, c in page:gmatch "H(%d+) t(%d+)" do
        seen = seen + 1
        t.equal({ tonumber(a), tonumber(c) }, { seen, seen })
      end
    end
    t.equal(seen, 90)
  end)
  t.it("is counted once, though it is made more often", function()
    local rows, made = {}, 0
    for i = 1, 80 do rows[i] = i end
    local pages, trace = pages_of { numbered = true, b.contents {}, b.each(rows, function(row)
      made = made + 1
      return { b.heading("Row " .. row), b.captioned { kind = "figure", caption = "Of " .. row, b.text "x" } }
    end, { page = true }) }
    t.equal({ pages[#pages], made >= 160 }, { "80  Row 80 x Figure\u{A0}80", true })
    t.contains(table.concat(pages, " "), "77 Row 77")
    local _, headings = trace:gsub("\ntag H1", "")
    t.equal(headings, 80)
  end)
  t.it("holds few of them", function()
    local rows = {}
    for i = 1, 500 do rows[i] = i end
    local list = b.each(rows, function(row) return b.text("row " .. row) end)
    local first = list.children[1]
    t.truthy(list.children[1] == first, "it is the same while it is held")
    for i = 2, 500 do t.truthy(list.children[i]) end
    local held = 0
    for _ in pairs(rawget(list.children, "facts").held) do held = held + 1 end
    t.truthy(held <= 65, held .. " are held")
    t.truthy(list.children[1] ~= first, "it is made again")
  end)
  t.it("needs rows and a function", function()
    t.raises("each expects a list or a table of the data, got nothing", b.each, nil, print)
    t.raises("each: what makes a block of a row", b.each, {}, "x")
  end)
end)

t.describe("what is made to fit", function()
  local prose = ("word "):rep(60)
  t.it("is as it is where it fits", function()
    local _, trace = pages_of { b.fit { height = 150, prose } }
    t.truthy(not trace:find "\ntransform")
  end)
  t.it("is no smaller than it must be", function()
    local _, trace = pages_of { b.fit { height = 50, least = 0.4, prose }, "after" }
    local scale, y = trace:match "\ntransform (%S+) 0 0", trace:match '\ntext %S+ (%S+) "after'
    t.truthy(scale and tonumber(scale) < 0.95 and tonumber(scale) > 0.6, scale)
    t.truthy(tonumber(y) > 20 + 50 + 7 and tonumber(y) < 20 + 50 + 40, "the box keeps its height: " .. y)
  end)
  t.it("says where even the least is too much", function()
    t.raises("fit: at 90 % its blocks take", pages_of, { b.fit { height = 20, least = 0.9, prose } })
    t.contains(pages_of({ b.fit { height = 40, least = 0.9, overflow = "mark", prose } })[1], "Does not fit")
  end)
  t.it("notes places where they come to stand", function()
    local document, seen = testing.document(), {}
    local cx = require("briefpress.context").new { data = data, params = {}, language = "en", ledger = {},
      theme = require "themes.plain", document = { destination = function(_, name, _, x, y) seen[name] = { x, y } end } }
    cx.page, cx.sheet = 1, document:page(300, 200)
    local fragment = b.fit { height = 50, least = 0.5, b.canvas { height = 60, draw = function() end, space_after = 0 },
      b.text { "x", id = "here", space_before = 0 } }:layout(cx, 200, 100)
    fragment:draw(cx.sheet, 10, 20)
    local scale = fragment.scale
    t.near(seen.here[1], 10)
    t.near(seen.here[2], 20 + 60 * scale)
  end)
end)

t.describe("what is turned", function()
  t.it("is as wide as it was high", function()
    local _, trace = pages_of { b.row { widths = { "auto", "1fr" }, gap = 10, b.rotate { "Upwards" }, "right" } }
    t.contains(trace, "\ntransform 0 -1 1 0")
    local x = tonumber(trace:match '\ntext (%S+) %S+ "right"')
    t.truthy(x > 40 and x < 50, x)
  end)
  t.it("needs room", function()
    t.raises("rotate: angle is 90, 180 or -90", b.rotate, { angle = 45, "x" })
    t.raises("points of turned lines do not fit into a width", pages_of,
      { b.rotate { length = 30, ("word "):rep(300) } })
  end)
end)

t.describe("what spans columns", function()
  t.it("parts what is above it from what is below", function()
    local _, trace = pages_of { b.columns { gap = 20, "a", "c", b.span { b.text "over" }, "e", "g" } }
    local at = {}
    for x, y, text in trace:gmatch '\ntext (%S+) (%S+) "(%a+)"' do at[text] = { tonumber(x), tonumber(y) } end
    t.equal({ at.a[1], at.c[1], at.over[1], at.e[1], at.g[1] }, { 20, 160, 20, 20, 160 })
    t.equal({ at.a[2] == at.c[2], at.e[2] == at.g[2], at.c[2] < at.over[2], at.over[2] < at.e[2] },
      { true, true, true, true })
  end)
end)

t.describe("each row of a table of the data", function()
  t.it("has its columns as fields, and says which it has not", function()
    t.equal(pages_of { b.each(data.tables.towns, function(row, i)
      return ("%d %s %d"):format(i, row.name, row.people)
    end) }, { "1 Upton 12 2 Downton 7" })
    t.raises("naem", pages_of, { b.each(data.tables.towns, function(row) return row.naem end) })
  end)
end)
