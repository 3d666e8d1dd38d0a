-- Notes: their marks, their numbers, the foot of the page, and the end of the report.
local t = require "luatest"
local b = require "briefpress"
local run = require "briefpress.run"
local tree = require "tree"

local testing = testing -- luacheck: ignore (a global of test files)

local data = testing.data [[{"dataset": {"id": "d", "title": "Sample", "languages": ["en"]}}]]

--- The drawing steps of a report, whose pages are 200 by 200 with room for eight lines of text.
local function draw(spec)
  spec.paper = spec.paper or { 200, 200 }
  spec.margins = spec.margins or { top = 40, right = 20, bottom = 40, left = 20 }
  if spec.footer == nil then spec.footer = false end
  testing.trace()
  run.render(b.report(spec), testing.document(), data, {})
  return testing.trace()
end

--- The words on each page, in the order of drawing.
local function pages_of(trace)
  local pages, number = {}, 0
  for line in trace:gmatch "[^\n]+" do
    number = tonumber(line:match "^page (%d+)") or number
    pages[number] = pages[number] or {}
    if line:find "^text" then
      local words = {}
      for i, part in ipairs(tree.parts(line)) do words[i] = part.text end
      table.insert(pages[number], table.concat(words, "|"))
    end
  end
  return pages
end

local function lines(n)
  local list = {}
  for i = 1, n do list[i] = "w" .. i end
  return table.concat(list, "\\\n")
end

t.describe("a note", function()
  t.it("stands at the foot of the page with its mark, below a hairline, tagged", function()
    local trace = draw { "Firms^[With **staff**.] grew." }
    t.equal(pages_of(trace), { { "Firms|1| grew.", "1", "With |staff|." } })
    t.contains(trace, "path M 20 143 L 92 143")
    t.contains(trace, 'tag Note id "note-1"\n')
    t.contains(trace, "tag Lbl")
    local y = tonumber(trace:match 'text %S+ (%S+) "With "')
    t.truthy(y > 150 and y < 160, "it ends where the text may end")
  end)
  t.it("and its mark lead to each other", function()
    local trace = draw { "Firms^[With staff.]" }
    t.contains(trace, '"#note-1" "1"')
    t.contains(trace, '"#noted-1" "1"')
    t.contains(trace, 'destination "note-1" 1 20')
    t.contains(trace, 'destination "noted-1" 1 ')
  end)
  t.it("may hold links, placeholders, brackets and lines of its own", function()
    t.contains(draw { "A^[See [the portal](https://example.org), {dataset.title} \\] and\nmore.]" }, '"https://example.org"')
    t.equal(pages_of(draw { "A^[{dataset.title} \\] and\nmore.]" }), { { "A|1", "1", "Sample ] and more." } })
  end)
  t.it("has its text by a key, and stands on each page that names it, with one number", function()
    local trace = draw { notes = { def = "With staff." }, "A[^def] and B[^def]^[Other.]", b.page_break(), "C[^def]" }
    t.equal(pages_of(trace), { { "A|1| and B|1|,|2", "1", "With staff.", "2", "Other." }, { "C|1", "1", "With staff." } })
  end)
  t.it("is plain text in code and where a backslash says so", function()
    t.equal(pages_of(draw { notes = { a = "no" }, "`^[x] [^a]` \\[^a] x^2^ [^a](https://example.org)" })[1][1],
      "^[x] [^a]| [^a] x|2| |^a")
  end)
  t.it("may stand in lists, tables, rows and stacks, numbered as a reader meets them", function()
    local trace = draw { paper = { 300, 400 }, b.list { "a^[one]", { "b^[two]", b.list { "c^[three]" } } },
      b.table { columns = { "X", "Y" }, header = false, rows = { { "d^[four]", "e^[five]" }, { "f^[six]", "g^[seven]" } } },
      b.row { "h^[eight]", b.stack { "i^[nine]" } } }
    local words = table.concat(pages_of(trace)[1], " ")
    t.contains(words, "d|4 e|5 f|6 g|7 h|8 i|9")
    t.contains(words, "1 one 2 two 3 three 4 four 5 five 6 six 7 seven 8 eight 9 nine")
  end)
  t.it("may stand in a heading, and not in what repeats its title", function()
    local trace = draw { paper = { 200, 300 }, numbered = true, b.contents { title = false }, b.heading "Firms^[in a heading]",
      "x^[in a text]" }
    t.equal(pages_of(trace), { { "1", "Firms", " 1", "1 ", "Firms|1", "x|2", "1", "in a heading", "2", "in a text" } })
    t.contains(trace, 'bookmark 1 "1  Firms"')
    t.contains(trace, 'destination "noted-1" 1 ')
  end)
  t.it("in a heading has its number set again where that turned out otherwise", function()
    local trace = draw { paper = { 200, 300 }, notes_restart = "page", "a^[one]", b.page_break(), b.heading "B^[two]" }
    t.equal(pages_of(trace), { { "a|1", "1", "one" }, { "B|1", "1", "two" } })
  end)
  t.it("that has no text, or no place, is an error", function()
    local message = t.raises('[^conted]: no such note; did you mean "counted"?', draw, { notes = { counted = "x" }, "A[^conted]" })
    t.contains(message, "test_notes.lua:")
    t.raises('b.report { notes = { a = "..." } } has its text', draw, { "A[^a]" })
    t.raises("a note may not stand in a header", draw, { header = "A^[x]", "x" })
    t.raises("report: notes holds texts by name", draw, { notes = { "x" }, "x" })
  end)
end)

t.describe("the foot of a page", function()
  t.it("takes lines from the text, and the mark goes to the next page with its note", function()
    local text = b.text { lines(7) .. "^[note]", orphans = 1, widows = 1 }
    t.equal(pages_of(draw { text }), { { "w1", "w2", "w3", "w4", "w5", "w6" }, { "w7|1", "1", "note" } })
    text = b.text { lines(3) .. "^[note]\\\n" .. lines(5), orphans = 1, widows = 1 }
    t.equal(pages_of(draw { text }), { { "w1", "w2", "w3|1", "w1", "w2", "w3", "1", "note" }, { "w4", "w5" } })
  end)
  t.it("splits a note that is too long for it, and goes on before other notes", function()
    local text = b.text { "a^[" .. lines(14) .. "]\\\nb\\\nc\\\nd^[last]\\\n" .. lines(4), style = "body", orphans = 1, widows = 1 }
    local pages = pages_of(draw { text })
    t.equal(pages[1], { "a|1", "1", "w1", "w2", "w3", "w4", "w5", "w6", "w7" })
    t.equal(pages[2], { "b", "c", "w8", "w9", "w10", "w11", "w12" })
    t.equal(pages[3], { "d|2", "w1", "w2", "w3", "w13", "w14", "2", "last" })
    t.equal(#pages, 4)
  end)
  t.it("gets pages of its own where notes are left when the text has ended", function()
    local pages = pages_of(draw { "a^[" .. lines(22) .. "]" })
    t.equal(#pages, 3)
    t.equal({ pages[1][1], pages[3][#pages[3]] }, { "a|1", "w22" })
  end)
  t.it("is where it was found in a pass that finds page numbers", function()
    local pages = pages_of(draw { "See {page:x}.", b.text { lines(8) .. "^[note]", orphans = 1, widows = 1 },
      b.heading { "X", id = "x" } })
    t.equal(pages[1][1], "See |2|.")
    t.equal(table.concat(pages[2], " "), "w7 w8|1 X 1 note")
  end)
  t.it("keeps its numbers where more pages are laid out than are held", function()
    local list = { "See {page:x}.", b.page_break() }
    for i = 1, 503 do
      list[#list + 1] = "p" .. i .. "^[n]"
      list[#list + 1] = b.page_break()
    end
    list[#list + 1] = b.heading { "X", id = "x" }
    list[#list + 1] = "last^[m]"
    local pages = pages_of(draw(list))
    t.equal({ pages[504][1], pages[504][2], pages[505][2], pages[505][3] }, { "p503|503", "503", "last|504", "504" })
  end)
end)

t.describe("numbers of notes", function()
  t.it("begin anew on each page, or in each section", function()
    local blocks = { b.heading "A", "a^[one]", "b^[two]", b.page_break(), "c^[three]", b.heading "B", "d^[four]" }
    local function numbers(restart)
      local list = {}
      for _, page in ipairs(pages_of(draw { paper = { 200, 300 }, notes_restart = restart, table.unpack(blocks) })) do
        for _, words in ipairs(page) do
          local number = words:match "^%a|(%d)$"
          if number then list[#list + 1] = number end
        end
      end
      return table.concat(list)
    end
    t.equal({ numbers(nil), numbers "page", numbers "section" }, { "1234", "1212", "1231" })
  end)
end)

t.describe("endnotes", function()
  t.it("list all notes of the report in their order", function()
    local trace = draw { notes_at = "end", notes = { k = "keyed" }, "a^[one]", b.page_break(), "b[^k] c^[two] d[^k]",
      b.endnotes {} }
    t.equal(pages_of(trace), { { "a|1" }, { "b|2| c|3| d|2", "Notes", "1", "one", "2", "keyed", "3", "two" } })
  end)
  t.it("are right where they stand before a mark that they list", function()
    local pages = pages_of(draw { notes_at = "end", b.endnotes { title = false }, b.page_break(), "a^[one]" })
    t.equal(pages, { { "1", "one" }, { "a|1" } })
  end)
  t.it("are asked for by the report, and must stand somewhere", function()
    t.raises('b.report { notes_at = "end" } says so', draw, { "a^[x]", b.endnotes {} })
    t.raises("nothing lists them; b.endnotes {} does", draw, { notes_at = "end", "a^[x]" })
  end)
end)

t.describe("a document in Markdown", function()
  t.it("has notes, and their texts anywhere in it, over more paragraphs than one", function()
    local trace = draw { paper = { 300, 400 }, b.markdown [[
Words[^a] and more.^[Inline,
over a line.]

[^a]: The note
    goes on.

    A second paragraph.

```
[^a]: in code
```

> Quoted[^a].
]] }
    local words = table.concat(pages_of(trace)[1], " ")
    t.contains(words, "Words|1| and more.|2")
    t.contains(words, "[^a]: in code")
    t.contains(words, "Quoted|1|.")
    t.contains(words, "1 The note goes on. A second paragraph. 2 Inline, over a line.")
  end)
  t.it("keeps its lines for messages", function()
    local _, here = pcall(function() error "here" end)
    local message = t.raises("{nope}", draw, { b.markdown [[
Words^[a note
over lines].

[^a]: A note.

But {nope}.
]] })
    t.contains(message, "test_notes.lua:" .. here:match ":(%d+): here" + 7)
  end)
end)
