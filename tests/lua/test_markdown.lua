-- Documents in Markdown: what the engine reads, and the blocks that the library makes of it.
local t = require "luatest"
local b = require "briefpress"
local engine = require "briefpress.engine"
local Context = require "briefpress.context"
local run = require "briefpress.run"
local plain = require "themes.plain"

local data = testing.data [[{
  "dataset": {"id": "d", "title": "T", "languages": ["en"], "published": "2022-09-03"},
  "sources": [{"id": "s", "title": "S"}],
  "indicators": [{"id": "area", "label": "Area", "observations": [{"period": "2021", "value": 12, "source": "s"}]}]
}]]

--- A tree as one line: kind, what is told of it, text, children.
local function show(nodes)
  local list = {}
  for i, node in ipairs(nodes) do
    local words = {}
    for at = 1, #(node.runs or {}), 3 do
      local look = node.runs[at + 1]
      words[#words + 1] = (look ~= 0 and look .. ":" or "") .. tostring(node.runs[at])
    end
    local facts = { node.kind, node.level, node.start, node.tight and "tight", node.head and "head", node.align }
    local said = {}
    for f = 1, 6 do said[#said + 1] = facts[f] and tostring(facts[f]) or nil end
    list[i] = table.concat(said, " ") .. (#words > 0 and '"' .. table.concat(words, "|") .. '"' or "")
      .. (#node > 0 and "(" .. show(node) .. ")" or "")
  end
  return table.concat(list, ", ")
end

local function read(text) return show(engine.text.markdown(text)) end

t.describe("a document", function()
  t.it("is read as CommonMark has it", function()
    for text, tree in next, {
      ["# a\n\nb\nc"] = 'heading 1"a", text"b| |c"',
      ["a\n=\nb\n-"] = 'heading 1"a", heading 2"b"',
      ["- a\n- b\n  1. c"] = 'list tight(item(text"a"), item(text"b", list 1 tight(item(text"c"))))',
      ["3. a\n\n   b\n4. c"] = 'list 3(item(text"a", text"b"), item(text"c"))',
      ["- **a** b"] = 'list tight(item(text"1:a| b"))',
      ["-\n- a"] = 'list tight(item, item(text"a"))',
      ["> a\n> > b"] = 'quote(text"a", quote(text"b"))',
      ["```x\na\n  b\n```"] = 'code"a\n  b\n"',
      ["    a\n\n    b"] = 'code"a\n\nb\n"',
      ["~~~\na\n~~~"] = 'code"a\n"',
      ["***"] = "rule",
      ["|a|b|\n|---|:---:|\n|c|*d*|"] = 'table(row(cell head"a", cell head center"b"), row(cell"c", cell center"2:d"))',
      ["![a](b.png)"] = 'text"16:a"',
      ["[a]\n\n[a]: http://b/"] = 'text"8:a"',
      ["a\\\nb"] = 'text"a|\n|b"',
      ["<b>a</b>"] = 'text"<b>a</b>"',
      ["a &amp; b"] = 'text"a & b"',
      ["中\n文"] = 'text"中||文"',
      ["中\na"] = 'text"中| |a"',
      ["中\n{area}\n文"] = 'text"中||32:1||文"',
      ["한\n글"] = 'text"한| |글"',
      ["中\n**文**，\n“文”"] = 'text"中||1:文|，||“文”"',
      ["a\r\n\r\nb"] = 'text"a", text"b"',
      [""] = "",
    } do
      t.equal(read(text), tree)
    end
  end)
  t.it("may hold what texts hold, but for code", function()
    t.equal(read "x^2^ {area | plain} [a]{.b}", 'text"x|64:2| |32:1| |512:a"')
    t.equal(read "{{a}} `{{b}}`", 'text"{a} |4:{b}"')
    t.equal(read "```\n{a} {{b}} x^2^ y~2~ [c]{.d} ~\n```", 'code"{a} {{b}} x^2^ y~2~ [c]{.d} ~\n"')
    t.equal(read "```\nint f() {\n  g();\n}\n```", 'code"int f() {\n  g();\n}\n"')
    t.equal(read "    {a} \u{F8FE}1\u{F8FF}", 'code"{a} \u{F8FE}1\u{F8FF}\n"')
    t.equal(read "|a|\n|---|\n|{area | plain}|", 'table(row(cell head"a"), row(cell"32:1"))')
    t.equal(read "a {b\nc} d", 'text"a {b| |c} d"')
  end)
  t.it("tells the lines of its blocks", function()
    local tree = engine.text.markdown "\n# a\n\n- b\n\n  c\n\n---\n\n```\nd\n```\n"
    local list, code = tree[2], tree[4]
    t.equal({ tree[1].line, list.line, list[1][1].line, list[1][2].line, code.line }, { 2, 4, 4, 6, 11 })
  end)
  t.it("is refused where its blocks stand in each other without end", function()
    t.raises("more than 60 blocks in each other", engine.text.markdown, ("> "):rep(100) .. "a")
    t.equal(#engine.text.markdown(("> "):rep(50) .. "a"), 1)
  end)
end)

--- The trace of a report of some blocks.
local function render(blocks)
  blocks.title, blocks.footer = "T", false
  testing.trace()
  run.render(b.report(blocks), testing.document(), data, {})
  return testing.trace()
end

t.describe("b.markdown", function()
  t.it("makes the blocks that a layout would make", function()
    local trace = render { b.markdown [[
# Title {#here}

{area} and [here](#here), page {page:here}

1. one
   - two

> said

    code

|A|
|---|
|**c**|
]] }
    for _, part in ipairs { "tag H1", '"Title"', '"12 and "', "#here", '"1"', 'tag L numbering "Decimal"', "tag LI", "tag BlockQuote", "tag Table",
      "tag TH", '"code"', '"c"' } do
      t.contains(trace, part)
    end
  end)
  t.it("puts its headings below those of the section that it stands in", function()
    t.contains(render { b.section { title = "S", b.markdown "# A\n\n## B" } }, "tag H3")
    t.contains(render { b.heading "S", b.markdown { "# A", level = 2 } }, "tag H2")
    t.raises("markdown: a heading of level 7; there are six", b.markdown, { "## A", level = 6 })
  end)
  t.it("is one child of a row", function()
    t.equal(#b.row({ b.markdown "a\n\nb", "c" }).children, 2)
    t.equal(#b.stack({ b.markdown "a\n\nb", "c" }).children, 3)
  end)
  t.it("takes a style, an id and space", function()
    local flow = b.markdown { "a\n\nb", style = { "small", size = 7 }, id = "x", space_before = 3, space_after = 4 }
    local first, last = flow.children[1], flow.children[2]
    local cx = Context.new { data = data, params = {}, language = "en", ledger = {}, theme = plain }
    local _, token = cx:style(first.style, first.spec)
    t.equal({ token.size, first.id, first.space_before, last.space_after }, { 7, "x", 3, 4 })
  end)
  t.it("names the line of what is wrong", function()
    local line = tonumber(engine.caller():match ":(%d+)$")
    t.raises(("test_markdown.lua:%d: {aera}: no such indicator; did you mean \"area\"?"):format(line + 8), render, {
      b.markdown [[
# Title

words {area}

- an item
- with {aera}
]] })
    t.raises(("test_markdown.lua:%d: "):format(line + 12), render, { b.markdown [[words

{aera}]] })
    t.raises("the title of a column takes no placeholder", b.markdown, "|{area}|\n|---|\n|b|")
    t.raises("the text of an image takes no placeholder", b.markdown, "![{area}](b.png)")
    t.raises("an image may stand in b.text, not in this text", render, { b.markdown "# a ![b](c.png)" })
    t.raises("outside the folders that may be read", render, { b.markdown "![b](/etc/c.png)" })
  end)
  t.it("names the call where its text is written elsewhere", function()
    t.raises("test_markdown.lua:", render, { b.markdown("words\n\n" .. ("{%s}"):format "aera") })
  end)
  t.it("expects a text that has something in it", function()
    t.raises("markdown expects a string, got a number", b.markdown, 5)
    t.raises("markdown: there is nothing in it", b.markdown, "\n\n")
    t.raises('markdown: no option "levl"; did you mean "level"?', b.markdown, { "a", levl = 2 })
  end)
  t.it("is set again with the page numbers it prints", function()
    local trace = render { b.markdown "see page {page:end}", b.page_break(), b.markdown "# End {#end}" }
    t.contains(trace, '"2"')
  end)
end)
