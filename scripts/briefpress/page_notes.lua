--- The notes of a page stand at its foot. A page is filled, its lines are asked for their marks, and it is filled
--- again with less room until both fit; a note that is too long for that goes on on the next page. Reports without
--- notes do not load this.
local block = require "briefpress.block"
local flow = require "briefpress.flow"
local footnote = require "briefpress.footnote"
local gather = require "briefpress.gather"
local text = require "briefpress.text"

local M = {}

local LINE = 6           -- Points: less room than that is not worth another try.
local TRIES = 8          -- Of finding the height for the flow.
local ROUNDS = 3         -- Of numbering the notes of a page, where a number changes the lines of its text.
local SPARE = 0.12       -- Part of the page that may stay empty before a note is split.
local CARRIED_MOST = 0.6 -- Part of the page that notes from the page before may take.

--- Marks and headings of a fragment, in their order; for marks also the fragment of their text, and which of its marks
--- they are.
local function gather_marks(cx, fragment)
  local list = { fragments = {}, indexes = {} }
  for _, item in ipairs(gather.gather(cx, fragment, "noting")) do -- Headings come with their height.
    if type(item) == "table" then
      local mark = item.mark
      list[#list + 1] = mark or item
      if mark then list.fragments[mark], list.indexes[mark] = item.fragment, item.index end
    end
  end
  return list
end

local Area = {}
Area.__index = Area

--- The hairline and the notes.
function Area:draw(canvas, x, y)
  canvas:begin_artifact("Layout")
  canvas:line(x, y + self.rule_at, x + self.rule, y + self.rule_at, { stroke = self.color, line_width = 0.4 })
  canvas:end_artifact()
  self.content:draw(canvas, x, y + self.above)
end

function Area:locate(canvas, x, y)
  self.content:locate(canvas, x, y + self.above)
end

local Page = {}
Page.__index = Page

function Page:draw(canvas, x, y)
  self.body:draw(canvas, x, y)
  self.notes:draw(canvas, x, y + self.height - self.notes.height)
end

function Page:locate(canvas, x, y)
  block.locate(self.body, canvas, x, y)
  block.locate(self.notes, canvas, x, y + self.height - self.notes.height)
end

--- The room above the first note: what parts it from the text, and the rule.
local function above(cx)
  local space = cx.theme.space
  return (space.notes or 12) + (space.note_rule or 6), space.notes or 12
end

--- The marks of a list, each once.
local function marks_of(list)
  local marks, seen = {}, {}
  for _, item in ipairs(list) do
    local id = item.key or item
    if not item.level and not seen[id] then
      seen[id] = true
      marks[#marks + 1] = item
    end
  end
  return marks
end

--- How high a block of notes is as a whole.
local function height_of(cx, made, width)
  local grid = cx.grid_edge
  cx.grid_edge = false
  local fragment = made:layout(cx, width, 1e6)
  cx.grid_edge = grid
  return fragment.height
end

--- The least that stays of a note which is split: two lines, or all of it.
local function least_of(cx, mark, whole)
  local _, token = cx:style(footnote.block(cx, mark).style)
  return math.min(whole, 2 * token.leading)
end

--- A fragment of the flow with its marks, and how high their notes are.
local function weigh(cx, fragment, more, width, carried)
  local list = gather_marks(cx, fragment)
  local marks = marks_of(list)
  local total, least = carried, carried
  for i, mark in ipairs(marks) do
    local made = footnote.block(cx, mark)
    if made.high_width ~= width or made.high_pass ~= cx.pass then
      made.high, made.high_width, made.high_pass = height_of(cx, made, width), width, cx.pass
    end
    local high = made.high
    least = total + least_of(cx, mark, high)
    total = total + high + (i < #marks and made.space_after or 0)
  end
  if total > 0 then
    local room = above(cx)
    total, least = total + room, least + room
  end
  return { fragment = fragment, more = more, list = list, marks = marks, total = total, least = least,
    height = fragment.height }
end

--- The page with the most of the flow that still has room for its notes, and the one with the least of it that has not;
--- `part` says which height of the notes counts. The first is nil where nothing fits.
local function search(cx, lay, full, width, height, carried, part)
  if full.height + full[part] <= height then return full, nil end
  local low, high, best, worse = math.max(height - full[part], 0), height, nil, full
  local at = low > 0 and low or height / 2
  for _ = 1, TRIES do
    local fragment, more = lay(at)
    local page = fragment and weigh(cx, fragment, more, width, carried)
    if page and page.height + page[part] > height then
      worse, high, at = page, at, (low + at) / 2
    elseif page then
      best, low = page, at
      local next_at = height - page[part] -- As many lines as go with these notes.
      if not more or next_at - page.height < LINE then break end
      at = next_at > low + LINE and next_at < high - LINE and next_at or (low + high) / 2
    else
      low, at = at, (at + high) / 2 -- Nothing of the flow fits.
    end
    if high - low < LINE then break end
  end
  return best, worse
end

--- Numbers the marks of a page, from what is committed. Answers whether every text that had been set with other numbers
--- kept its lines when it was set again, and what is to be committed.
local function number(cx, list)
  local notes, restart = cx.notes, cx.notes_restart
  local count, serial, holds = restart == "page" and 0 or notes.number, notes.serial, true
  local seen = {}
  for _, item in ipairs(list) do
    if item.level then
      if restart == "section" and item.level == 1 then count = 0 end
    else
      local is_known = item.pass == cx.pass -- It stands on a page before, too.
      local here = item.key and seen[item.key]
      local twin = here or (item.key and not restart and notes.known[item.key])
      if not is_known then
        serial = serial + 1
        item.serial = serial
      end
      item.target = (here or (twin and cx.notes_at == "end" and twin) or item).serial
      if twin then
        item.number = twin.number
      elseif not is_known or restart == "page" then
        count = count + 1
        item.number = count
      end
      if item.key then seen[item.key] = here or { number = item.number, serial = item.target } end
    end
  end
  for _, item in ipairs(list) do
    local fragment = list.fragments[item]
    local entry = fragment and fragment.owner.shared.notes[list.indexes[item]]
    if entry and (entry.number ~= item.number or entry.target ~= item.target or entry.serial ~= item.serial) then
      holds = text.remake(cx, fragment) and holds
    end
  end
  return holds, count, serial, seen
end

--- What the numbers of a page leave for the next one.
local function commit(cx, list, count, serial, seen)
  local notes = cx.notes
  notes.number, notes.serial = count, serial
  for key, value in next, seen do notes.known[key] = value end
  for _, item in ipairs(list) do
    if not item.level and item.pass ~= cx.pass then
      item.pass = cx.pass
      notes.list[#notes.list + 1] = item
    end
  end
end

--- The notes as they stand on the page; what does not fit is carried to the next.
local function set_area(cx, blocks, width, room)
  local high, gap = above(cx)
  local grid = cx.grid_edge
  cx.grid_edge = false
  local content, rest = flow.new(blocks):layout(cx, width, room - high)
  if not content then
    cx.is_loose = true
    content, rest = flow.new(blocks):layout(cx, width, room - high)
    cx.is_loose = nil
  end
  cx.grid_edge = grid
  local carried = rest or (not content and flow.new(blocks)) or nil
  if carried then carried.space_after = blocks[#blocks].space_after end
  cx.notes.carried = carried
  if not content then return nil end
  return setmetatable({ content = content, width = width, height = content.height + high, above = high, rule_at = gap,
    rule = math.min(width, cx.theme.space.note_rule_width or 72), color = cx:color "muted" }, Area)
end

--- The part of the flow that stands on a page together with its notes. Where a long note would leave much of the page
--- empty, its mark stays, and it begins below and goes on on the next page.
local function choose(cx, lay, full, width, height, stuck, is_crowded)
  if is_crowded then return search(cx, lay, full, width, height, stuck, "least") or full end
  local page, worse = search(cx, lay, full, width, height, stuck, "total")
  local is_empty = not page or (page.more and height - page.height - page.total > SPARE * height)
  if is_empty and worse and worse.height + worse.least <= height then return worse end
  return page or search(cx, lay, full, width, height, stuck, "least") or full
end

--- A page of the flow with its notes. `lay(height)` fills a page; `fragment` and `more` are what it gave at the whole
--- height. Answers what stands on the page, and what remains.
---@param cx briefpress.Context
---@param lay fun(height:number):briefpress.Fragment?, table?
---@param fragment briefpress.Fragment
---@param more? table
---@param width number
---@param height number
function M.fill(cx, lay, fragment, more, width, height)
  local notes, is_end = cx.notes, cx.notes_at == "end"
  local carried = notes.carried
  local stuck = carried and height_of(cx, carried, width) or 0
  local is_crowded = stuck > CARRIED_MOST * height
  if is_crowded then stuck = CARRIED_MOST * height end
  for round = 1, ROUNDS do
    local page = weigh(cx, fragment, more, width, stuck)
    if #page.list == 0 and not carried then return fragment, more end
    if not is_end then page = choose(cx, lay, page, width, height, stuck, is_crowded) end
    local holds, count, serial, seen = number(cx, page.list)
    if holds or round == ROUNDS then
      commit(cx, page.list, count, serial, seen)
      if is_end or (#page.marks == 0 and not carried) then return page.fragment, page.more end
      local blocks = { carried }
      for _, mark in ipairs(page.marks) do blocks[#blocks + 1] = footnote.block(cx, mark) end
      local area = set_area(cx, blocks, width, height - page.height)
      if not area then
        if page.height > 0 then return page.fragment, page.more end
        cx:fail(("a note does not fit into a page of %.0f points"):format(height), blocks[1].place)
      end
      return setmetatable({ body = page.fragment, notes = area, width = width, height = height }, Page), page.more
    end
    fragment, more = lay(height)
  end
end

--- Begins a pass over the report.
function M.begin(cx)
  local notes = cx.notes
  notes.number, notes.serial, notes.known, notes.list, notes.carried = 0, 0, {}, {}, nil
end

--- True where b.endnotes listed the notes that there are, in their order: else it has to list them anew.
function M.is_settled(cx)
  local used, list = cx.notes.used, cx.notes.list
  cx.notes.ordered = list
  if not used then return true end
  local is_same = #used == #list
  for i = 1, is_same and #used or 0 do is_same = is_same and used[i] == list[i] end
  return is_same
end

--- What a page leaves for the one behind it, so that a pass can go on there.
function M.state(cx)
  local notes, known = cx.notes, {}
  for key, value in next, notes.known do known[key] = value end
  return { number = notes.number, serial = notes.serial, known = known, carried = notes.carried }
end

--- Goes on behind the page that left it so.
function M.go_on(cx, left)
  local notes = cx.notes
  notes.number, notes.serial, notes.known, notes.carried = left.number, left.serial, left.known, left.carried
end

return M
