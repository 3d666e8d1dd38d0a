-- Tables over pages: whatever they hold and wherever pages end, each row stands there once and sums go on.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"], "published": "2022-09-03"}}]]

local function draw(spec)
  spec.footer = false
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

--- All that `pattern` finds.
local function all(text, pattern)
  local list = {}
  for found in text:gmatch(pattern) do list[#list + 1] = found end
  return list
end

local COUNT = 37

--- The rows of all cases: one with many lines, two that a cell covers, values that floats do not hold exactly.
local function rows_of(kind)
  local rows = {}
  for i = 1, COUNT do
    rows[i] = { name = ("row %02d."):format(i), group = "Group " .. (i - 1) // 9 + 1, value = i / 10,
      words = i % 14 == 0 and ("word "):rep(70) or "" }
  end
  if kind ~= "spans" then return rows end
  for i = 5, COUNT - 2, 6 do
    rows[i].words = { "over two", rows = 2 }
    rows[i + 1].words = nil
  end
  return rows
end

local function table_of(kind)
  local rows = rows_of(kind)
  local spec = {
    columns = {
      { key = "name", title = "Name", width = 80, stub = kind == "groups" },
      { key = "words", title = "Words", width = 100 },
      { key = "value", title = "Value", width = 60, decimals = 1, sum = true, carry = kind ~= "groups" and "sum" or nil,
        note = kind == "notes" and "A note." or nil },
    },
    rows = rows, total = true,
  }
  if kind == "groups" then spec.group, spec.subtotals = "group", true end
  if kind == "iterator" then
    spec.rows = function()
      local i = 0
      return function()
        i = i + 1
        return rows[i] -- The same list each time: rows are held by nobody else.
      end
    end
  end
  return b.table(spec)
end

local function check(kind, height)
  local name = ("%s on pages of %d points: "):format(kind, height)
  local paper = { 300, height }
  local margins = { top = 10, right = 10, bottom = 10, left = 10 }
  local trace = draw { paper = paper, margins = margins, table_of(kind) }
  local names = all(trace, '"(row %d%d%.)"')
  t.equal(#names, COUNT, name .. "each row once")
  for i, found in ipairs(names) do t.equal(found, ("row %02d."):format(i)) end
  local words = select(2, trace:gsub("word", "word"))
  if kind ~= "spans" then t.equal(words, 140, name .. "all words of the long rows") end
  t.contains(trace, '"Total"')
  t.contains(trace, '"70.3"')
  local _, forward = trace:gsub('"Carried forward"', "")
  local _, brought = trace:gsub('"Brought forward"', "")
  t.equal(forward, brought, name .. "what is carried is brought")
  -- What a pass for page numbers laid out, and did not draw, is drawn the same.
  local again = draw { paper = paper, margins = margins, table_of(kind), b.page_break(), "See {page:end}.",
    b.heading { "End", id = "end" } }
  local page = trace:match "^(.-)\npage [2-9]"
  if page then t.equal(again:sub(1, #page), page, name .. "drawn after a pass that only looks for page numbers") end
  return trace
end

t.describe("tables over pages", function()
  for _, kind in ipairs { "plain", "groups", "spans", "notes", "iterator" } do
    t.it("hold each row once: " .. kind, function()
      for height = 130, 330, 9 do check(kind, height) end
    end)
  end
  t.it("carry the sums that stand on the pages before", function()
    local trace = check("plain", 170)
    local sum, pages = 0, 0
    for page in (trace .. "\npage 99"):gmatch("(.-)\npage %d+") do
      pages = pages + 1
      local brought = page:match '"Brought forward".-"([%d.]+)"'
      if brought then t.equal(brought, ("%.1f"):format(sum / 10)) end
      local first = page:find('"row', 1, true)
      for tenths in page:gmatch '"row (%d%d)%."' do sum = sum + math.tointeger(tonumber(tenths)) end
      local carried = first and page:match '"Carried forward".-"([%d.]+)"'
      if carried then t.equal(carried, ("%.1f"):format(sum / 10)) end
    end
    t.truthy(pages > 5, "it goes over pages")
  end)
  t.it("keep rows together that a cell covers", function()
    for height = 130, 330, 9 do
      local trace = check("spans", height)
      for page in (trace .. "\npage 99"):gmatch("(.-)\npage %d+") do
        for i = 5, COUNT - 2, 6 do
          local first = page:find(("row %02d."):format(i), 1, true)
          t.equal(first ~= nil, page:find(("row %02d."):format(i + 1), 1, true) ~= nil)
        end
      end
    end
  end)
end)

t.describe("spanners", function()
  t.it("take a key for a key, and else for a position", function()
    local made = b.table { columns = { { key = 3 }, { key = "b" }, { key = 1 } }, rows = {},
      spanners = { { title = "S", from = 3, to = 2 } } }
    t.equal({ made.spanners[1].from, made.spanners[1].to }, { 1, 2 })
  end)
end)

t.describe("cells", function()
  t.it("may have marked-up texts and any kind of mark", function()
    for kind, mark in next, { letters = "a", numbers = "1", symbols = "*" } do
      local trace = draw { b.table { columns = { "A", { title = "B", align = "right" } }, note_marks = kind,
        rows = { { { "*marked*", note = "One." }, { "**up**", note = "One." } } } } }
      t.equal(#all(trace, '"' .. mark:gsub("%p", "%%%0") .. '"'), 3)
    end
  end)
  t.it("refuse what they do not know", function()
    local function cell(value)
      draw { b.table { columns = { "A", "B" }, rows = { { "a", value } } } }
    end
    t.raises('no option "row"; did you mean "rows"?', cell, { "b", row = 2 })
    t.raises("a cell is one value", cell, { "b", "c" })
    t.raises("a cell with a note must be a text or a number", cell, { b.space(3), note = "n" })
  end)
  t.it("refuse functions that give what is no style, note or text", function()
    local function column(spec)
      spec.title = "A"
      draw { b.table { columns = { spec }, rows = { { 1 } } } }
    end
    t.raises("cell_style must give a table", column, { cell_style = function() return "red" end })
    t.raises('no option "colour"; did you mean "color"?', column, { cell_style = function() return { colour = "red" } end })
    t.raises("cell_note must give a text", column, { cell_note = function() return 1 end })
  end)
  t.it("refuse drawings of what cannot be drawn", function()
    local function column(graphic, value)
      draw { b.table { columns = { { title = "A", graphic = graphic } }, rows = { { value } } } }
    end
    t.raises('graphic must be one of "bar", "bullet", "sparkline"', column, "pie", 1)
    t.raises("draws a bar of a number, found a string", column, "bar", "many")
    t.raises("a line through two numbers at least", column, "sparkline", { 1 })
    t.raises("range is two numbers", column, { "bar", range = { 3, 1 } }, 1)
  end)
  t.it("are to be found behind spanners", function()
    local function spanner(one)
      return b.table { columns = { { key = "first", title = "A" }, "B" }, rows = {}, spanners = { one } }
    end
    t.raises('no column "frist"; did you mean "first"?', spanner, { title = "S", from = "frist" })
    t.raises("needs from", spanner, { title = "S" })
    t.raises("ends before the column", spanner, { title = "S", from = 2, to = 1 })
  end)
end)
