-- What is read of tables, figures and blocks of one's own: the tree of structure elements, by the standards.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"
local tree = require "tree_faults"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"], "published": "2022-09-03"},
  "indicators": [{"id": "area", "label": "Area", "unit": {"one": "square kilometre", "other": "square kilometres",
  "symbol": "km²"}, "observations": [{"period": "2020", "value": 210}, {"period": "2021", "value": 225,
  "qualifier": "more_than"}]}]}]]

--- The tree of a report.
local function read(spec)
  spec.footer, spec.title = false, spec.title or "T"
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  return tree.of(testing.trace())
end

local function no_faults(document)
  t.equal(tree.faults(document), {})
  return document
end

local function first(document, type_of)
  return tree.all(document, type_of)[1]
end

local function many(count, row)
  local rows = {}
  for i = 1, count do rows[i] = row(i) end
  return rows
end

t.describe("tables:", function()
  t.it("a table is one element over pages, with one head, body and foot", function()
    local document = no_faults(read { paper = { 300, 320 }, b.table { caption = "Long", total = true,
      columns = { { title = "Name", stub = true }, { title = "Value", sum = true } },
      many(30, function(i) return { "row " .. i, i } end) } })
    local tables = tree.all(document, "Table")
    t.equal(#tables, 1)
    local types = {}
    for i, part in ipairs(tables[1]) do types[i] = part.type end
    t.equal(table.concat(types, " "), "Caption THead TBody TFoot")
    t.equal(#tree.all(tables[1][3], "TR"), 30)
    t.equal(tree.read(tables[1][4]), "Total 465")
    t.equal(first(tables[1][3], "TH").options.scope, "Row")
  end)

  t.it("a group is a body, whose rows name its heading, also where it goes on", function()
    local document = no_faults(read { paper = { 300, 320 }, b.table { group = "g", subtotals = true,
      columns = { { key = "n", title = "Name", stub = true }, { key = "v", title = "Value", sum = true } },
      many(26, function(i) return { n = "row " .. i, v = i, g = i <= 3 and "A" or i <= 20 and "B" or "C" } end) } })
    local bodies = tree.all(document, "TBody")
    t.equal(#bodies, 3)
    for i, name in ipairs { "A", "B", "C" } do
      local heading = bodies[i][1][1]
      t.equal(heading.text, name)
      t.equal(heading.options.columns, 2)
      for r = 2, #bodies[i] - 1 do
        local names = bodies[i][r][1].options.headers
        t.equal(#names, 2)
        t.equal(document.by_id[names[1]].text, "Name")
        t.equal(document.by_id[names[2]].text, name)
      end
      t.equal(bodies[i][#bodies[i]][1].text, "Total " .. name)
    end
  end)

  t.it("without labels of rows their first cell names the group", function()
    local document = no_faults(read { b.table { group = "g", columns = { { key = "n", title = "Name" }, { key = "v" } },
      { { n = "a", v = "b", g = "A" }, { n = "c", v = "d" } } } })
    local bodies = tree.all(document, "TBody")
    t.equal(#bodies, 2)
    t.equal(#bodies[1][2][1].options.headers, 2)
    t.equal(#bodies[2][1][1].options.headers, 0) -- Its group is none.
  end)

  t.it("titles name the spanners above them, and columns without a title have no header", function()
    local document = no_faults(read { b.table {
      columns = { { title = "" }, { title = "In" }, { title = "Out" }, { title = "In" }, { title = "Out" }, { title = "Note" } },
      spanners = { { title = "2020", from = 2, to = 3 }, { title = "2021", from = 4, to = 5 },
        { title = "Years", from = 2, to = 5 } },
      { { "North", 1, 2, 3, 4, "none" } } } })
    local head = first(document, "THead")
    t.equal(tree.shape(head), "THead(TR(TD TH TH) TR(TH TH) TR(TH TH TH TH))")
    local names = head[3][2].options.headers
    t.equal({ document.by_id[names[1]].text, document.by_id[names[2]].text }, { "Years", "2020" })
    t.equal(head[1][3].options.rows, 3)
  end)

  t.it("cells over others leave each row complete, wherever groups and pages end", function()
    for cells = 1, 4 do
      no_faults(read { paper = { 300, 290 }, b.table { group = cells > 2 and "g" or nil, total = { "All", { 1, columns = 2 } },
        columns = { { key = "a", title = "A", stub = cells % 2 == 0 }, { key = "b", title = "B" }, { key = "c", title = "C" } },
        many(23, function(i)
          local own = i % 5 == 0 and { "spans", rows = cells, columns = cells > 1 and 2 or nil } or "b"
          return { a = "row " .. i, b = own, c = i, g = (i - 1) // 6 }
        end) } })
    end
  end)

  t.it("a note is read behind the first value that it is of, one to a header below the table", function()
    local document = no_faults(read { b.table { columns = { { title = "Name" }, { title = "Value", note = "In thousands." } },
      { { { "North", note = "With the islands." }, { 1, note = "Estimated." } }, { "South", { 2, note = "Estimated." } } } } })
    local rows = tree.all(first(document, "TBody"), "TR")
    t.equal(tree.shape(rows[1]), "TR(TH(Reference(Link)) TD(Reference(Link) Note(Lbl P)))")
    t.equal(tree.shape(rows[2]), "TR(TH TD(Reference(Link)))")
    t.equal(#document, 3)
    t.equal({ tree.read(document[2]), tree.read(document[3]) }, { "a In thousands.", "b With the islands." })
  end)

  t.it("a table without rows has a header alone", function()
    local document = no_faults(read { b.table { columns = { { title = "Name" } }, {} } })
    t.equal(tree.shape(first(document, "Table")), "Table(TR(TH))")
  end)

  t.it("a table that stands in a report twice is two tables", function()
    local same = b.table { columns = { { title = "Name" } }, { { "a" } } }
    local one = "Table(THead(TR(TH)) TBody(TR(TH)))"
    t.equal(tree.shape(no_faults(read { same, same })), "Document(" .. one .. " " .. one .. ")")
  end)

  t.it("a row that goes on over a page is one row", function()
    local document = no_faults(read { paper = { 300, 320 }, b.table { columns = { { title = "A", width = 60 },
      { title = "B" } }, { { "one", "x" }, { "two", ("word "):rep(400) } } } })
    t.equal(#tree.all(first(document, "TBody"), "TR"), 2)
  end)

  t.it("marks and parentheses are read as what they mean", function()
    local document = no_faults(read { b.table { columns = { { title = "Name" }, { title = "A", missing = "–", zero = "·" },
      { title = "B", negative = "parentheses", decimals = 1, sum = true }, { title = "C", missing = "n/a" } }, total = true,
      { { "North", nil, -2, nil }, { "South", 0, 1.5, 7 }, { "West", 3, { -4, color = "accent" }, 1 } } } })
    local rows = tree.all(first(document, "Table"), "TR")
    local read_rows = {}
    for r = 2, 5 do read_rows[r - 1] = tree.read(rows[r]) end
    t.equal(read_rows, { "North no value −2.0 n/a", "South 0 1.5 7", "West 3 −4.0 1", "Total −4.5" })
  end)

  t.it("units are read apart from titles", function()
    local document = no_faults(read { b.table { columns = { { title = "Name" }, { title = "Area", unit = "km²" } },
      { { "a", 1 } } } })
    t.equal(tree.shape(first(document, "THead")[1][2]), "TH(P P)")
  end)

  t.it("drawings in cells are figures, with what is written beside them", function()
    local document = no_faults(read { b.table { columns = { { title = "A" },
      { title = "B", graphic = { "bar", labels = true } } }, { { "a", 5 }, { "b", 9 } } } })
    t.equal(tree.shape(first(document, "TBody")[1]), "TR(TH TD(Figure))")
  end)
end)

t.describe("figures:", function()
  t.it("a chart is one figure beside its title", function()
    local document = no_faults(read { b.chart.bar { title = "Area grew", { label = "One", value = 4 }, { label = "Two", value = 6 }, source = "Counts" } })
    t.equal(tree.shape(document[1]), "Div(Caption(P) Figure P)")
    t.equal(tree.read(document), "Area grew [Bar chart: Area grew. One: 4; Two: 6] Source: Counts")
  end)

  t.it("of a chart with a caption that is numbered, only that is a caption", function()
    local document = no_faults(read { b.captioned { caption = "Growth", b.chart.bar { title = "Area grew", { label = "One", value = 4 } } } })
    t.equal(#tree.all(document, "Caption"), 1)
    t.contains(first(document, "Caption").text, "Growth")
  end)

  t.it("the label of a card is read before its number, and a unit in full", function()
    local document = no_faults(read { b.figure { "area", period = true } })
    t.equal(#document, 1)
    t.equal(tree.read(document):gsub(" +", " "), "Area more than 225 km² 2021")
    t.equal(first(document, "Span").options.expansion, "square kilometres")
  end)
end)

t.describe("drawn by hand:", function()
  local function paint(canvas, x, y) canvas:rect(x, y, 10, 10, { fill = "#000000" }) end
  local function own(spec, tags)
    spec.layout = function(_, _, width)
      return { width = width, height = 20, draw = function(_, canvas, x, y)
        if tags then canvas:begin_tag "P" end
        paint(canvas, x, y)
        if tags then canvas:end_tag() end
      end }
    end
    return b.block(spec)
  end

  --- What `check` says of some blocks.
  local function checked(make)
    testing.findings()
    local document = read(make())
    return testing.findings(), document
  end

  t.it("a block that says what it shows is one figure, an ornament is passed over", function()
    local findings, document = checked(function() return { own({ alt = "A dot" }, true), own { decorative = true } } end)
    t.equal(findings, {})
    t.equal(tree.shape(document), "Document(Figure)")
    no_faults(document)
  end)

  t.it("a figure of one's own that goes on over pages is one", function()
    local function part(n)
      return { layout = function(_, _, width, height)
        return { width = width, height = height - 1, draw = function(_, canvas, x, y) paint(canvas, x, y) end },
          n < 3 and part(n + 1) or nil
      end }
    end
    local block = part(1)
    block.alt = "A long line"
    t.equal(tree.shape(no_faults(read { b.block(block) })), "Document(Figure)")
  end)

  t.it("check finds a block that draws outside of any tag, and where", function()
    local findings = checked(function() return { own {}, own({}, true) } end)
    t.equal(#findings, 1)
    t.contains(findings[1].text, "block: it draws outside of any tag")
    t.contains(findings[1].place, "test_block_tags.lua:")
  end)

  t.it("check finds a drawing that says nothing, but no ornament and no empty one", function()
    local findings = checked(function()
      return { b.canvas { height = 20, draw = paint }, b.canvas { height = 20, decorative = true, draw = paint },
        b.canvas { height = 20, alt = "", draw = paint }, b.canvas { height = 20, draw = function() end } }
    end)
    t.equal(#findings, 1)
    t.contains(findings[1].text, "canvas: say what it shows")
  end)

  t.it("an ornament has no alternative text", function()
    t.raises("an ornament has no alt", b.canvas, { height = 1, alt = "A", decorative = true, draw = paint })
    t.raises("an ornament has no alt", function() own { alt = "A", decorative = true } end)
  end)
end)

t.it("what the golden cases draw is read by the standards", function()
  local count = 0
  for _, name in ipairs(testing.files "tests/golden") do
    local is_there, trace = pcall(testing.read, "tests/golden/" .. name .. "/expected.trace")
    if is_there then
      count = count + 1
      local faults = tree.faults(tree.of(trace))
      if #faults > 0 then error(name .. ": " .. table.concat(faults, "; "), 0) end
    end
  end
  t.truthy(count > 50, "traces to look at")
end)
