-- Text that goes round a figure.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local data = testing.data [[{"dataset": {"id": "d", "title": "T"}, "indicators": []}]]
local prose = ("word "):rep(120)

--- The lines of a report on pages of 300 by 200 with margins of 20: {page, x, y, right} each, and the trace.
local function lines_of(blocks)
  blocks.title, blocks.footer, blocks.paper, blocks.margins = "T", false, { 300, 200 },
    { top = 20, bottom = 20, left = 20, right = 20 }
  testing.trace()
  run.render(b.report(blocks), testing.document(), data, {})
  local list, page, trace = {}, 0, testing.trace()
  for line in trace:gmatch "[^\n]+" do
    if line:find "^page " then page = page + 1 end
    local x, y = line:match '^text (%S+) (%S+) "[%a–]'
    if x then list[#list + 1] = { page = page, x = tonumber(x), y = tonumber(y), text = line:match '"(.-)"' } end
  end
  return list, trace
end

local function figure(height)
  return b.canvas { height = height, draw = function(canvas, x, y, w, h) canvas:rect(x, y, w, h, { fill = "#000000" }) end }
end

t.describe("text round a figure", function()
  t.it("stands beside it, and then below", function()
    local lines, trace = lines_of { b.wrap { figure = figure(42), width = 100, gap = 10, side = "left", b.text(prose) } }
    t.contains(trace, "path R 20 20 100 42")
    for _, line in ipairs(lines) do
      t.equal(line.x, line.page == 1 and line.y < 20 + 42 + 5 + 14 and line.y - 11 < 67 and 130 or 20,
        "line at " .. line.y)
    end
    t.truthy(#lines > 8)
  end)
  t.it("is whole, in order, over pages, with each paragraph after the other", function()
    local words = {}
    for i = 1, 150 do words[i] = "word" .. i end
    local lines = lines_of { b.wrap { figure = figure(70), width = 120, b.text(table.concat(words, " ", 1, 90)),
      b.text(table.concat(words, " ", 91)) } }
    local seen = {}
    for _, line in ipairs(lines) do seen[#seen + 1] = line.text end
    t.equal(table.concat(seen, " "):gsub(" +", " "), (table.concat(words, " ")))
    t.truthy(lines[#lines].page > 1, "more than a page")
  end)
  t.it("on the right keeps clear of it", function()
    -- Set to the right, the lines of the text end where the gap begins.
    local lines, trace = lines_of { b.wrap { figure = figure(42), width = 100, gap = 10, b.text { prose, align = "right" } } }
    t.contains(trace, "path R 180 20 100 42")
    local engine = require "briefpress.engine"
    local style = engine.text.style { family = { "Inter" }, size = 10, weight = 400 }
    for i, line in ipairs(lines) do
      local right = line.x + engine.text.width(style, line.text:match "^(.-) *$")
      if line.page == 1 then t.near(right, i <= 4 and 170 or 280, 0.05) end
    end
    t.truthy(#lines > 8)
  end)
  t.it("takes other blocks beside it as far as they fit", function()
    local lines = lines_of { b.wrap { figure = figure(40), width = 100, gap = 10, gap_below = 0, side = "left",
      b.list { "one", "two", "three", "four" } } }
    local lefts = {}
    for _, line in ipairs(lines) do
      if line.text:find "^%a" then lefts[#lefts + 1] = line.x > 120 end
    end
    t.equal(lefts, { true, true, false, false }, "beside it, and below")
  end)
  t.it("goes to the next page with its figure", function()
    local lines = lines_of { b.space(0), figure(130), b.wrap { figure = figure(60), b.text "word" } }
    t.equal(lines[1].page, 2)
  end)
  t.it("says where a figure leaves no room", function()
    local message = t.raises("leave less than 72 of 260 for the text; make width= smaller", lines_of,
      { b.wrap { figure = figure(10), width = 200, b.text(prose) } })
    t.contains(message, "test_wrap.lua:")
    t.raises("wrap: it needs figure=", b.wrap, { "x" })
  end)
end)
