--- A document in Markdown as blocks of the library: headings, paragraphs, lists, quotes, code, tables, rules, images.
--- The engine reads it (`engine.text.markdown`); here each block gets the component that a layout would have called,
--- and the line of the layout that it stands on.
local engine = require "briefpress.engine"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local styles = require "briefpress.style"
local text = require "briefpress.text"

local M = {}

local IMAGE, PLACEHOLDER, GOES_ON = 16, 32, 256 -- Looks of runs, as the engine says them.

--- What tells the place in the layout of a line of the text: its own line where the text stands in the file as it is,
--- else that of the call.
local function places_of(source)
  local place = engine.caller()
  local file, called = place:match "^(.*):(%d+)$"
  local number, first = 0, nil
  for line in source:gmatch "([^\n]*)\n?" do
    number = number + 1
    if line:find "%S" then
      first = line:gsub("\r$", "")
      break
    end
  end
  for at = tonumber(called) or 1, first and file and called + number or 0 do
    local line = engine.source_line(file .. ":" .. at)
    if line and line:find(first, 1, true) then
      return function(n) return file .. ":" .. (at + n - number) end
    end
  end
  return function() return place end
end

--- The words of a node without their markup.
local function words_of(node, place, what)
  local words = {}
  for i = 1, #(node.runs or {}), 3 do
    if node.runs[i + 1] & PLACEHOLDER ~= 0 then options.fail(what .. " takes no placeholder", place) end
    words[#words + 1] = node.runs[i]
  end
  return table.concat(words)
end

--- Takes the definitions of notes out of a document, `[^key]: text` and the indented lines below it, and leaves empty
--- lines in their place. Answers the document, and the texts by key; nil where there are none.
local function take_notes(source)
  if not source:find("[^", 1, true) then return source, nil end
  local lines, notes, key, fence = {}, nil, nil, nil
  for line in (source .. "\n"):gmatch "([^\n]*)\n" do
    local mark = line:match "^ ? ? ?(```+)" or line:match "^ ? ? ?(~~~+)"
    local name, words = line:match "^ ? ? ?%[%^([%w_-]+)%]:%s*(.*)"
    if mark and (not fence or mark:sub(1, #fence) == fence) then fence = not fence and mark or nil end
    if not fence and not mark and name then
      notes, key = notes or {}, name
      notes[name], line = words, ""
    elseif key and line:find "^%s*$" then
      notes[key] = notes[key] .. "\n"
    elseif key and line:find "^    " or key and line:find "^\t" then
      notes[key], line = notes[key] .. "\n" .. line:gsub("^%s+", ""), ""
    else
      key = nil
    end
    lines[#lines + 1] = line
  end
  return table.concat(lines, "\n"), notes
end

--- Gives the texts of notes to the placeholders of a document, which all its blocks share.
local function give_notes(nodes, notes)
  for _, node in ipairs(nodes) do
    if node.holes then
      node.holes.notes = notes
      return true
    end
    if give_notes(node, notes) then return true end
  end
end

--- True where a paragraph is an image alone.
local function is_image(node)
  local runs = node.runs
  if not runs then return false end
  for i = 1, #runs, 3 do
    if runs[i + 1] & IMAGE == 0 or (i > 1 and runs[i + 1] & GOES_ON == 0) then return false end
  end
  return true
end

local make = {} -- By kind: the block of a node.

--- The blocks of a node's children.
local function make_all(to, node)
  local blocks = {}
  for _, child in ipairs(node) do
    local made = make[child.kind](to, child)
    made.place = to.place(child.line)
    blocks[#blocks + 1] = made
  end
  return blocks
end

function make.text(to, node)
  if not is_image(node) then return text.taken(node, to.text) end
  local place = to.place(node.line)
  local file = node.runs[3]
  if file:find("\u{F8FE}", 1, true) then options.fail("the file of an image takes no placeholder", place) end
  local alt = words_of(node, place, "the text of an image")
  return require("briefpress.image").image { file, alt = alt, caption = node.title }
end

function make.heading(to, node)
  local place, level = to.place(node.line), node.level + to.level - 1
  if level > 6 then options.fail(("markdown: a heading of level %d; there are six"):format(level), place) end
  local runs, id = node.runs or { "", 0, false }, nil
  local last = #runs - 2
  if runs[last + 1] & PLACEHOLDER ~= 0 then
    id = node.holes[runs[last] + 3]:match "^#([%w_-]+)$"
    if id then
      runs = table.move(runs, 1, last - 1, 1, {})
      if last > 3 and type(runs[last - 3]) == "string" then runs[last - 3] = runs[last - 3]:gsub("%s+$", "") end
    end
  end
  local source = { runs = runs, holes = node.holes, spans = node.spans }
  local heading = require("briefpress.heading").new(source, { level = level, id = id })
  heading.is_auto = to.is_auto
  return heading
end

function make.quote(to, node)
  local inside = setmetatable({ text = { style = "quote" } }, { __index = to })
  return require("briefpress.stack").new(make_all(inside, node), {
    padding = { left = 14 }, border = "faint", edge = "left", thickness = 2, tag = "BlockQuote",
  })
end

function make.list(to, node)
  local spec = { ordered = node.start ~= nil, start = node.start, style = to.style }
  if not node.tight then spec.gap = to.gap end
  local inside = setmetatable({ text = styles.over(to.text, { space_before = 0, space_after = 0 }) }, { __index = to })
  for i, item in ipairs(node) do
    spec[i] = make_all(inside, item)
    if #spec[i] == 0 then spec[i] = { text.new("", inside.text) } end
  end
  return require("briefpress.list").list(spec)
end

function make.code(_, node)
  local words = node.runs and node.runs[1]:gsub("\n$", "") or ""
  local source = { runs = { (words:gsub("\t", "    ")), 0, false } }
  local code = text.taken(source, { style = "code", tag = "Code", space_before = 0, space_after = 0 })
  return require("briefpress.stack").new({ code }, { padding = { x = 10, y = 7 }, fill = "accent_soft" })
end

function make.rule()
  return require("briefpress.space").rule {}
end

--- A cell: text as it is, or a block where it is marked up.
local function cell_of(to, node, align)
  local runs = node.runs
  if not runs then return "" end
  if #runs == 3 and runs[2] == 0 and not runs[1]:find "[{*`%[]" then return runs[1] end
  local cell = text.taken(node, { style = "table", align = align, space_before = 0, space_after = 0 })
  cell.place = to.place(node.line)
  return cell
end

function make.table(to, node)
  local columns, rows, has_titles = {}, {}, false
  for i, cell in ipairs(node[1]) do
    local title = words_of(cell, to.place(cell.line), "the title of a column")
    columns[i] = { title = title, align = cell.align }
    has_titles = has_titles or title ~= ""
  end
  for r = 2, #node do
    local row = {}
    for i, column in ipairs(columns) do row[i] = cell_of(to, node[r][i] or {}, column.align) end
    rows[r - 1] = row
  end
  return require("briefpress.table").table { columns = columns, rows = rows, header = has_titles }
end

local known = options.define("markdown", { style = "style", level = "number" })

--- Markdown; see scripts/types. Its blocks stand among its neighbours as if they had been written there.
function M.markdown(spec)
  spec = options.read("markdown", spec, known)
  local source = spec[1]
  if type(source) ~= "string" then
    options.fail(("markdown expects a string, got %s"):format(source == nil and "nothing" or "a " .. type(source)))
  end
  local level = spec.level or 1
  if math.tointeger(level) == nil or level < 1 or level > 6 then
    options.fail(("markdown: level must be a whole number from 1 to 6, got %g"):format(level))
  end
  local opened = styles.open(spec, "markdown")
  local to = { place = places_of(source), level = math.tointeger(level), is_auto = spec.level == nil,
    style = spec.style, gap = 8 }
  to.text = {}
  for name, value in next, opened do
    if styles.overrides[name] or name == "style" then to.text[name] = value end
  end
  local written, notes = take_notes(source)
  local document = engine.text.markdown(written)
  if notes then give_notes(document, notes) end
  local children = make_all(to, document)
  if #children == 0 then options.fail("markdown: there is nothing in it") end
  local first, last = children[1], children[#children]
  first.space_before = spec.space_before or first.space_before
  last.space_after = spec.space_after or last.space_after
  if spec.keep_with_next ~= nil then last.keep_with_next = spec.keep_with_next end
  local self = flow.new(children)
  self.place, self.is_section, self.style = engine.caller(), true, first.style
  if spec.id then
    if first.is_heading then first.anchor = first.anchor or spec.id else first.id = first.id or spec.id end
  end
  return self
end

return M
