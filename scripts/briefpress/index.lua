--- The index: the terms that texts mark (index_mark.lua), in the order of the report's language, with the pages where
--- they stand, each a link. Where it stands behind what it lists, it knows all pages as it is laid out; else, and where
--- they move, the report is laid out again.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local columns = require "briefpress.columns"
local flow = require "briefpress.flow"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local ranges = require "briefpress.page_ranges"
local tagged = require "briefpress.tagged"
local texts = require "briefpress.text"

local M = {}

local DEEPER = 1.2 -- Ems that narrower terms stand further in.

local Index = { uses_pages = true }
Index.__index = Index

function Index.on_walk(_, cx)
  cx.index_marks = cx.index_marks or {}
end

local function child_of(node, part)
  local label = part[2]
  local child = node.by_label[label]
  if not child then
    child = { key = part[1], label = label, by_label = {}, marks = {}, see = {}, see_also = {} }
    node.by_label[label] = child
    node[#node + 1] = child
  elseif child.key == child.label then
    child.key = part[1] -- Said once how it sorts, it sorts so.
  end
  return child
end

local function sort(node, ranks)
  table.sort(node, function(a, b)
    if ranks[a.key] ~= ranks[b.key] then return ranks[a.key] < ranks[b.key] end
    return a.label < b.label
  end)
  for _, child in ipairs(node) do sort(child, ranks) end
end

--- Brings what stands under a letter together: Latin words sort behind all Chinese ones, which stand under Latin
--- letters by pinyin. Numbers of strokes are in order already.
local function sort_letters(tree)
  local letters, places, seen = {}, {}, {}
  for i, child in ipairs(tree) do
    local letter = tree.heads[child.key]
    places[child] = i
    if letter:find "^%d" then return end
    if not seen[letter] then letters[#letters + 1], seen[letter] = letter, true end
  end
  local ranks, rank_of = engine.text.collate(letters), {}
  for i, letter in ipairs(letters) do rank_of[letter] = ranks[i] end
  table.sort(tree, function(a, b)
    local x, y = rank_of[tree.heads[a.key]], rank_of[tree.heads[b.key]]
    if x ~= y then return x < y end
    return places[a] < places[b]
  end)
end

--- The terms as a tree, in order; made anew where texts have brought more.
local function tree_of(self, cx)
  local marks = cx.index_marks
  if self.tree and self.tree.count == #marks then return self.tree end
  local tree, keys, seen = { by_label = {}, count = #marks }, {}, {}
  for _, mark in ipairs(marks) do
    local node = tree
    for _, part in ipairs(mark.path) do node = child_of(node, part) end
    local other = mark.see or mark.see_also
    if other then
      local list = mark.see and node.see or node.see_also
      if not list[other] then
        list[other], list[#list + 1] = true, { other, mark.place }
      end
    else
      node.marks[#node.marks + 1] = mark.name
    end
  end
  local function add_keys(node)
    for _, child in ipairs(node) do
      if not seen[child.key] then
        keys[#keys + 1], seen[child.key] = child.key, true
      end
      add_keys(child)
    end
  end
  add_keys(tree)
  local ranks, heads = engine.text.collate(keys)
  local rank_of = {}
  tree.heads = {}
  for i, key in ipairs(keys) do rank_of[key], tree.heads[key] = ranks[i], heads[i] end
  sort(tree, rank_of)
  sort_letters(tree)
  self.tree = tree
  return tree
end

--- The pages of a node in turn, with the name of the first mark on each.
local function pages_of(node, places, known)
  local pages, names = {}, {}
  for _, name in ipairs(node.marks) do
    local page = places[name] or known and known[name]
    if page and not names[page] then pages[#pages + 1], names[page] = page, name end
  end
  table.sort(pages)
  return pages, names
end

--- All that the index prints, as a text to compare.
local function signature_of(cx, tree, places, known)
  local parts = {}
  local function add(node)
    for _, child in ipairs(node) do
      parts[#parts + 1] = table.concat(ranges.of(cx, pages_of(child, places, known)), ",")
      add(child)
    end
  end
  add(tree)
  return tree.count .. ":" .. table.concat(parts, ";")
end

--- The node that a cross reference names: "Air", or "Air!traffic".
local function target_of(tree, text)
  local node = tree
  for part in (text .. "!"):gmatch "(.-)!" do
    node = node and node.by_label[part:match "^%s*(.-)%s*$"]
  end
  return node ~= tree and node or nil
end

--- The spans of pages behind a term: single ones, and ranges.
local function add_pages(spans, style, node, cx)
  local pages, names = pages_of(node, cx.places, cx.known)
  local comma, texts_of, firsts = phrase "separator", ranges.of(cx, pages)
  for i, text in ipairs(texts_of) do
    spans[#spans + 1] = { style = style, text = comma }
    spans[#spans + 1] = { style = style, text = text, link = "#" .. names[firsts[i]], tag = "Reference" }
  end
  return #pages
end

--- The spans of "see" and "see also", each a link to the entry.
local function add_see(spans, cx, tree, node, count)
  local style, slanted = cx:style "index", cx:style("index", { italic = true })
  for _, kind in ipairs { "see", "see_also" } do
    for i, other in ipairs(node[kind]) do
      local target = target_of(tree, other[1])
      if not target and not other.is_told then
        other.is_told = true
        engine.report("finding", ('{index:%s|%s %s}: the index has no such term'):format(node.label,
          kind == "see" and "see" or "see also", other[1]), other[2])
      end
      if target then target.is_named = true end
      local gap = i > 1 and "; " or (count == 0 and kind == "see" and phrase "separator" or phrase "stop")
      if i == 1 then spans[#spans + 1] = { style = style, text = gap } end
      local words = i == 1 and phrase(kind, { term = "" }) or gap
      spans[#spans + 1] = { style = i == 1 and slanted or style, text = words }
      spans[#spans + 1] = { style = style, text = (other[1]:gsub("%s*!%s*", phrase "separator")),
        link = target and "#" .. target.name or nil, tag = target and "Reference" or nil }
    end
  end
end

--- A paragraph of spans as a block of text.
local function paragraph_of(cx, spans, token)
  local line = texts.new("", { style = "index", space_before = 0, space_after = 0 })
  line.shared = { paragraph = cx.paragraph(spans, token), token = token }
  return line
end

--- The tags of a term's line: an item of the list of its letter, or of a list in the item of the wider term.
local function tags_of(tree, node, child, depth, head)
  local item = tree.tag .. ":" .. child.name
  if depth == 0 then return tagged.item({}, tree.tag .. "-" .. head, item) end
  return tagged.item(node.tags, tree.tag .. ":" .. node.name .. "-in", item)
end

--- The lines of a node and of what is narrower, in order.
local function add_lines(list, cx, tree, node, depth)
  local style, token = cx:style "index"
  for _, child in ipairs(node) do
    child.tags = tags_of(tree, node, child, depth, tree.has_letters and tree.heads[child.key] or "")
    local spans = { { style = style, text = child.label } }
    local count = add_pages(spans, style, child, cx)
    add_see(spans, cx, tree, child, count)
    if count > 0 or #spans > 1 or #child > 0 then
      local line = tagged.new(paragraph_of(cx, spans, token), child.tags, depth * DEEPER * token.size)
      line.node, line.depth = child, depth
      list[#list + 1] = line
      add_lines(list, cx, tree, child, depth + 1)
    end
  end
end

--- The lines with the letters that they stand under.
local function add_letters(lines, tree)
  local list, letter = {}, nil
  for _, line in ipairs(lines) do
    local head = line.depth == 0 and tree.heads[line.node.key]
    if head and head ~= letter then
      letter = head
      if head == "" then head = phrase "index_other" end
      local words = texts.new(require("briefpress.inline").escape(head), { style = "index_head", tag = false })
      words.keep_with_next = true
      local list_of = line.tags[1]
      list[#list + 1] = tagged.new(words, { list_of, { "Caption", { id = list_of[2].id .. "-head" } } })
    end
    if line.node.is_named then line.id = line.node.name end
    list[#list + 1] = line
  end
  return list
end

--- Gives the nodes names, for cross references.
local function name_nodes(node, prefix)
  for i, child in ipairs(node) do
    child.name = prefix .. i
    name_nodes(child, child.name .. "-")
  end
end

function Index:prepare(cx)
  if self.is_rest or self.pass == cx.pass then return end
  self.pass = cx.pass
  if not self.is_known then
    self.is_known, cx.settling = true, cx.settling or {}
    table.insert(cx.settling, self)
  end
  local tree = tree_of(self, cx)
  local signature = signature_of(cx, tree, cx.places, cx.known)
  if self.signature == signature then return end
  self.signature = signature
  name_nodes(tree, "index-entry:")
  self.serial = self.serial or cx:unique "index"
  tree.tag, tree.has_letters = self.serial, self.has_letters
  local lines, parts = {}, {}
  add_lines(lines, cx, tree, tree, 0)
  require("briefpress.contents_line").tie(lines)
  if self.has_letters then lines = add_letters(lines, tree) end
  if self.title then
    parts[1] = require("briefpress.heading").title(self, self.title, false)
  end
  if #lines > 0 then parts[#parts + 1] = columns.columns { count = self.count, gap = self.gap, lines } end
  self.flow = flow.new(parts)
end

--- After a pass: true where the index printed what turned out.
function Index:settle(cx)
  return self.signature == signature_of(cx, tree_of(self, cx), cx.places)
end

function Index:measure(cx, width)
  self:prepare(cx)
  return self.flow:measure(cx, width)
end

local Fragment = {}
Fragment.__index = Fragment

function Fragment:locate(canvas, x, y)
  self.content:locate(canvas, x, y)
end

function Fragment:draw(canvas, x, y)
  if self.section then canvas:begin_section(self.section) end
  canvas:begin_tag("Index", self.tag and { id = self.tag } or nil)
  self.content:draw(canvas, x, y)
  canvas:end_tag()
end

function Index:layout(cx, width, height)
  self:prepare(cx)
  local content, rest = self.flow:layout(cx, width, height)
  if not content then return nil, self end
  local fragment = setmetatable({ width = width, height = content.height, content = content,
    section = not self.is_rest and self.section or nil }, Fragment)
  if rest then
    self.tag = self.serial
    local more = {}
    for key, value in next, self do more[key] = value end
    more.flow, more.id, more.is_rest = rest, nil, true
    rest = setmetatable(more, Index)
  end
  fragment.tag = self.tag
  return fragment, rest
end

local known = options.define("index", { title = "any", columns = "count", gap = "length", letters = "boolean" })

--- See scripts/types/structure.lua.
function M.index(spec)
  spec = options.read("index", spec or {}, known)
  local title = spec.title
  if title == nil then title = phrase "index" end
  if spec.columns == 0 then options.fail("index: columns must be a whole number from 1") end
  return block.make(Index, { title = title, count = spec.columns or 2, gap = spec.gap,
    has_letters = spec.letters ~= false, title_level = title and 2 or nil }, spec)
end

return M
