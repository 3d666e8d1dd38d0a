--- What is counted before anything is laid out: the tree is walked once. Parts, headings, appendices and captions get
--- their numbers and are listed for contents and references, every id is noted, and whether anything asks for page
--- numbers.
---
--- What is listed is an entry: `kind` ("part", "appendix", that of a caption; nil for a heading), `id` (a name for
--- links), `number` (as it stands before the title; nil: none), `title` (filled in by run.lua), `place`, and for
--- headings `level`, 0 for parts.
local engine = require "briefpress.engine"
local options = require "briefpress.options"

local match, sub = string.match, string.sub

local M = {}

--- The number of a heading: 1.1 where the report says true, else as its patterns say.
local function number_of(state, item, level)
  local counters, patterns = state.counters, state.patterns
  local is_appendix = item.kind == "appendix"
  if level == 1 then
    if is_appendix ~= (state.appendix ~= nil) then -- Each of the two goes on counting where it was left.
      counters[1], state.other = state.other, counters[1]
    end
    state.appendix = is_appendix and require("briefpress.phrase").phrase "appendix_number" or nil
  end
  counters[level] = (counters[level] or 0) + 1
  for deeper = level + 1, 6 do counters[deeper] = nil end
  local first = state.appendix
  if is_appendix then return require("briefpress.numbers").say(counters[1], first) end
  if patterns and not (first and level > 1) then
    local pattern = patterns[level]
    return pattern and require("briefpress.numbers").make(pattern, counters, level, nil, state.place)
  end
  local parts = {}
  for l = 1, level do parts[l] = tostring(counters[l] or 1) end
  if first then parts[1] = require("briefpress.numbers").say(counters[1] or 1, first) end
  return table.concat(parts, ".")
end

--- How deep a heading stands for who hears the report: one level below the last heading before it whose own level is
--- less. So the first is at 1 and none skips a level, whatever levels the layout says.
---@param levels integer[]          Those of the headings around it; its own is added.
---@param level integer
---@return integer
function M.depth(levels, level)
  local depth = #levels
  while depth > 0 and levels[depth] >= level do
    levels[depth] = nil
    depth = depth - 1
  end
  levels[depth + 1] = level
  return depth + 1
end

--- Gives a heading its level in the structure (PDF has six), and its section's where it opens one.
local function set_level(state, item, level, is_top)
  local depth = M.depth(state.levels, level)
  item.tag_level, item.section = math.min(depth, 6), is_top and depth or nil
end

--- Tells of levels that a layout leaves out. `level` and `last` count parts as a level.
local function tell_jump(item, level, last, heading)
  local own = item.level
  local text
  if last == 0 then
    text = ("the first heading is of level %d; begin with level 1, and where it shall look smaller give it a style")
      :format(own)
  else
    local other = heading.kind == "part" and "a part" or "one of level " .. heading.level
    text = ("a heading of level %d follows %s (%s); go down one level at a time: level = %d, and where it shall look "
      .. "smaller a style"):format(own, other, heading.place or "", own - level + last + 1)
  end
  engine.report("finding", text, item.place)
end

--- Counts a heading or a part and lists it.
local function add_heading(cx, state, item, part, is_top)
  local level = item.level
  local entry = { level = level, kind = item.kind, place = item.place, in_contents = item.in_contents,
    source = item.source, in_part = part }
  if item.kind == "part" then
    if item.is_numbered then
      state.parts = (state.parts or 0) + 1
      entry.number = require("briefpress.numbers").say(state.parts, require("briefpress.phrase").phrase "part_number")
    end
  elseif state.is_numbered and item.is_numbered then
    entry.number = number_of(state, item, level)
  end
  if level <= 1 then
    local is_chapter = level == 1 and entry.number ~= nil
    local n = is_chapter and state.counters[1]
    state.chapter = is_chapter and (entry.kind == "appendix" and entry.number or tostring(n)) or nil
    if is_chapter then state.captions = {} end
  end
  if part then level = level + 1 end
  if level == 0 then level = 1 end
  set_level(state, item, level, is_top)
  if level > (cx.last_level or 0) + 1 then tell_jump(item, level, cx.last_level or 0, cx.last_heading) end
  cx.last_level, cx.last_heading = level, item
  entry.id = item.anchor or "section-" .. (#cx.entries + 1)
  cx.entries[#cx.entries + 1] = entry
  item.entry = entry
end

--- Counts what has a caption with a number: through the report, or anew in each chapter that has a number.
local function add_caption(cx, state, item)
  local kind = item.kind
  local list = cx.captions[kind] or {}
  cx.captions[kind] = list
  local counts = state.by_chapter and state.chapter and state.captions or state.unnumbered
  counts[kind] = (counts[kind] or 0) + 1
  local number = tostring(counts[kind])
  if counts == state.captions then
    number = require("briefpress.phrase").phrase("caption_number", { chapter = state.chapter, number = number })
  end
  local entry = { kind = kind, number = number, label = item.label, place = item.place, source = item.source,
    id = item.id or ("%s:%d"):format(kind, #list + 1) }
  item.id = entry.id
  list[#list + 1] = entry
  item.entry = entry
end

--- True of a text that says the title of the report, or that of the data where it is the report's.
local function is_title(state, source)
  return source ~= "" and source == state.title or (source == "{dataset.title}" and state.has_data_title)
end

--- The first text that says the report's title, or has the style of a cover's, is a heading for who hears it.
local function add_title(cx, state, item)
  state.title, item.tag = nil, "H1"
  cx.last_level = M.depth(state.levels, 1)
end

--- What a block is for who hears the report, if it is a heading or prints one.
local function add_level(cx, state, item, part, is_top)
  local tag = item.tag
  if item.is_heading then
    state.title = nil
    add_heading(cx, state, item, part, is_top)
  elseif item.title_level then -- It is not listed.
    set_level(state, item, item.title_level, is_top)
  elseif tag == "P" then
    if state.title and (item.style == "cover_title" or is_title(state, item.source)) then add_title(cx, state, item) end
  elseif type(tag) == "string" and match(tag, "^H[1-6]$") then -- A text that the layout tags as a heading.
    set_level(state, item, tonumber(sub(tag, 2)), is_top)
    item.tag = "H" .. item.tag_level
  end
end

--- Walks the tree once. `part` is true inside of a part, `is_top` where headings part the report itself and not a box,
--- a card or a cell of it.
local function walk(cx, state, list, part, is_top)
  for i = 1, #list do
    local item = list[i]
    if item then
      local is_in = part or item.in_part
      if item.uses_pages then cx.is_paged = true end
      if item.is_sources then
        cx.has_sources = true
        if item.order == "use" then cx.sources_used = {} end
      end
      if item.on_walk then item:on_walk(cx) end
      add_level(cx, state, item, is_in, is_top)
      if item.is_captioned then add_caption(cx, state, item) end
      local id = item.anchor or item.id
      if id then
        if cx.anchors[id] then
          options.fail(('the id "%s" is used twice; first at %s'):format(id, cx.anchors[id].place), item.place)
        end
        cx.anchors[id] = item
      end
      if item.children then
        local title = state.title
        if item.is_each then state.title = nil end -- Its blocks are made again, and would not know.
        walk(cx, state, item.children, is_in, is_top and item.is_open)
        if item.is_each then state.title = title end
      end
    end
  end
end

--- Walks the blocks of a report.
---@param cx briefpress.Context
---@param children briefpress.Block[]
---@param numbered? boolean|string[]   True, or a pattern for each level (numbers.lua).
---@param captions? "document"|"chapter"
---@param title? string               The report's.
function M.walk(cx, children, numbered, captions, title)
  cx.captions = {}
  local state = { counters = {}, captions = {}, unnumbered = {}, is_numbered = numbered, place = cx.at,
    patterns = type(numbered) == "table" and numbered or nil, by_chapter = captions == "chapter", levels = {},
    title = title or "" }
  local set = cx.data.dataset
  state.has_data_title = title == nil or title == "{dataset.title}" or (set ~= nil and title == set.title)
  for level, pattern in ipairs(state.patterns or {}) do
    options.expect(pattern, "string", ("report: numbered: the pattern of level %d"):format(level))
    if #require("briefpress.numbers").pattern(pattern, cx.at) // 2 > level then
      options.fail(('report: numbered: "%s" has more counters than level %d has'):format(pattern, level), cx.at)
    end
  end
  walk(cx, state, children, nil, true)
end

return M
