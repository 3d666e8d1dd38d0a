--- Which rows of a table stand on a page. Rows are laid out one after the other until the height ends; headings, sums
--- and notes have their room beside them. What remains is the same table from a later row on, with the sums so far.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local text_width = engine.text.width
local type = type

local M = {}

local PAD = 3.5           -- Above and below the text of a row.
local CAPTION_GAP = 6     -- Below a caption.
local BLANK_MOST = 1 / 3  -- Of what is left of a page: rather than to leave more of it empty, a long row is divided.
local LONG = 8            -- Lines of a row that is long.

--- A cell that needs more than a line of plain text: what it draws, and its height.
function M.tall_cell(self, cx, plan, c, value, set)
  if type(value) == "string" then
    local column, wide = self.columns[c], plan.wides[c]
    local paragraph = cx.paragraph({ { style = set or plan.styles[c], text = value } }, column.token, column.align,
      plan.leading)
    local _, height = paragraph:layout(wide)
    return { paragraph = paragraph, wide = wide }, height
  end
  if value.is_rich then return require("briefpress.table_rich").lay(self, cx, plan, c, value) end
  local fragment, rest = value:layout(cx, plan.wides[c], 1e6)
  if not fragment or rest then options.fail("table: a block in a cell must fit into its column", self.place) end
  return { fragment = fragment, block = value }, fragment.height
end

--- Puts the cells of row `i` into `out` from `at` on; answers the height of the row. `tall[at]` says that it holds more
--- than lines of text.
function M.lay_row(self, cx, plan, i, out, at, tall)
  local prints, styles, wides = self.shared.prints, plan.styles, plan.wides
  local tallest = plan.leading
  for c = 1, #prints do
    local value = prints[c](i)
    if type(value) ~= "string" or text_width(styles[c], value) > wides[c] + 0.01 then
      local height
      value, height = M.tall_cell(self, cx, plan, c, value)
      if value.is_rich and (value.last > c or value.rows > 1) then
        self.shared.has_spans = true
        if value.rows > 1 then height = 0 end
      end
      if height > tallest then tallest = height end
      tall[at] = true
    end
    out[at + c] = value
  end
  return tallest + 2 * PAD
end

--- The whole block of a caption or source line: text, wrapped.
local function words(self, cx, name, source, width)
  local part = self.shared[name]
  if not part then
    part = require("briefpress.text").new(source, { tag = "P",
      style = name == "source" and "caption" or self.caption_style or "chart_title" })
    self.shared[name] = part
  end
  return (part:layout(cx, width, 1e6))
end

--- The caption: on later pages with "continued", an artifact, which has no links and no notes.
local function lay_caption(self, cx, width, is_first)
  if is_first then return words(self, cx, "caption", self.caption, width) end
  local was_furniture = cx.is_furniture
  cx.is_furniture = true
  local title = self.caption:gsub("%^%b[]", ""):gsub("%[%^[^%]]+%]", "")
  title = require("briefpress.phrase").phrase("continued_title", { title = title })
  local fragment = words(self, cx, "continued", title, width)
  cx.is_furniture = was_furniture
  return fragment
end

--- Everything below the last row: the total, notes, the source; laid out once the last row is there, for that is when
--- all notes are known.
local function lay_end(self, cx, plan, width)
  local tail = { height = 0, below = 0 }
  if self.total then tail.total = require("briefpress.table_carry").total(self, cx, plan) end
  if self.notes or self.shared.notes then
    tail.notes = require("briefpress.table_notes").layout(self, cx, width)
    if tail.notes then tail.below = tail.notes.height + 4 end
  end
  if self.source then
    tail.source = words(self, cx, "source", self.source, width)
    tail.source_top = tail.below + (tail.notes and 2 or 4)
    tail.below = tail.source_top + tail.source.height
  end
  tail.height = (tail.total and tail.total.height or 0) + tail.below
  return tail
end

--- What stands at the top of a page: caption and header, the heading of a group that goes on, the sums brought
--- forward.
local function begin(self, cx, plan, width, fragment)
  local is_first, y = fragment.is_first, 0
  if self.caption and (is_first or self.repeats) then
    fragment.caption = lay_caption(self, cx, width, is_first)
    y = fragment.caption.height + CAPTION_GAP
  end
  fragment.head_top = y
  y = y + fragment.head_height
  fragment.body_top = y
  if is_first then return y end
  if (self.goes_on and self.repeats) or self.carries then
    return require("briefpress.table_carry").lead(self, cx, plan, fragment, y)
  end
  return y
end

--- True where it is better to divide a row than to leave what is left of the page empty, or where nothing else helps.
local function may_divide(self, cx, plan, page, y, row_height)
  local height = page.height
  if self.divides ~= nil then return self.divides end
  if page.rows == 0 and (cx.is_loose or self.partial) then return true end
  return row_height > LONG * plan.leading and height - y > height * BLANK_MOST
end

--- The part of the table that remains from row `i` on.
local function rest_of(self, cx, i, state)
  require("briefpress.table_tags").id(self, cx)
  local rest = {}
  for key, value in next, self do rest[key] = value end
  rest.first, rest.id, rest.space_before, rest.partial = i, nil, 0, nil
  for key, value in next, state do rest[key] = value end
  return setmetatable(rest, getmetatable(self))
end

--- The lines above and below row `i` that its group asks for, and the group.
local function lines_of(self, cx, plan, page, i, is_last)
  local group_of, row_at, group = self.group, self.row_at, page.next_group
  if group == nil then group = group_of(row_at(i)) or false end
  page.group, page.next_group = group, nil
  if self.has_subtotals and not is_last then page.next_group = group_of(row_at(i + 1)) or false end
  if group == page.last_group and not self.has_subtotals then return nil end
  return require("briefpress.table_lines").of_group(self, cx, plan, group, page.last_group, page.next_group)
end

--- Rows that a cell spans stay together. Answers the height of the row, and whether more such rows follow.
local function join(fragment, page, i, at, top, row_height)
  local rich, columns = require "briefpress.table_rich", #fragment.plan.lefts
  local open = page.open
  if not open then
    if not rich.has_spans(fragment.cells, at, columns) then return row_height end
    open = {}
    page.open, page.unit = open, { i = i, rows = page.rows, y = page.y, last_group = page.last_group }
  end
  row_height = rich.join(fragment, at, columns, open, top, row_height)
  if not open.is_open then page.open = nil end
  return row_height
end

--- The part of a row that fits where the whole does not, if it is to be divided.
local function part_of(self, cx, plan, fragment, page, row_height, row)
  if page.unit or not may_divide(self, cx, plan, page, row.top, row_height) then return nil end
  row.room, row.is_loose, row.row = page.height - row.top - page.reserve, cx.is_loose, page.rows + 1
  return require("briefpress.table_divide").divide(self, cx, plan, fragment, row)
end

--- Notes a line that stands above or below row `r`.
local function put_line(fragment, where, r, line, y)
  fragment[where] = fragment[where] or {}
  fragment[where][r], line.top = line, y
end

--- Puts rows on the page from `page.i` on, until its height ends. `page` is kept up to date for those rows alone that
--- groups and spans look back from: a register has neither.
local function fill(self, cx, plan, fragment, page)
  local count, stream, columns, shared = self.count, self.stream, #self.columns, self.shared
  local list, tops, tall, height, reserve = fragment.cells, fragment.tops, fragment.tall, page.height, page.reserve
  local is_held, has_groups, lay_row = page.is_held, self.group ~= nil, M.lay_row
  local i, y, rows, partial = page.i, page.y, 0, self.partial
  while i <= count or (stream and stream:has(i)) do
    local at = is_held and rows * columns or 0
    local row_height, before, after
    if partial then
      row_height = require("briefpress.table_divide").lay(self, cx, plan, fragment, list, at)
      partial = nil
    else
      row_height = lay_row(self, cx, plan, i, list, at, tall)
    end
    local is_last = i >= count and not (stream and stream:has(i + 1))
    local top, ends, has_spans = y, reserve, shared.has_spans
    if has_groups then
      before, after = lines_of(self, cx, plan, page, i, is_last)
      if before then top = y + before.height end
    end
    if has_spans then
      page.i, page.y, page.rows = i, y, rows
      row_height = join(fragment, page, i, at, top, row_height)
    end
    if is_last then
      page.tail = lay_end(self, cx, plan, fragment.width)
      ends = page.tail.height
    end
    if after then ends = ends + after.height end
    if top + row_height + ends > height then
      page.rows = rows
      partial = part_of(self, cx, plan, fragment, page, row_height, { list = list, at = at, top = top })
      if not partial then break end
      row_height, after = partial.height, nil
    end
    rows = rows + 1
    if has_groups then
      if page.group ~= page.last_group then fragment.starts[rows] = before ~= nil end
      page.last_group = page.group
      if before then put_line(fragment, "before", rows, before, y) end
    end
    tops[rows], y = top, top + row_height
    if partial then break end
    if after then
      put_line(fragment, "after", rows, after, y)
      y = y + after.height
    end
    i = i + 1
    if has_spans and not page.open then page.unit = nil end
  end
  page.i, page.y, page.rows, page.partial = i, y, rows, partial
end

--- Takes back rows that must not stand there: those that a cell spans where not all of them fit, and the last but one
--- of a table where the last would stand alone on the next page.
local function take_back(self, fragment, page)
  local unit, stream = page.unit, self.stream
  if unit and page.i > unit.i then
    page.rows, page.y, page.i, page.last_group = unit.rows, unit.y, unit.i, unit.last_group
  end
  local i, rows = page.i, page.rows
  page.is_done = not page.partial and i > self.count and not (stream and stream:has(i))
  if page.is_done or page.partial or unit or rows <= 2 or self.shared.has_spans then return end
  if i < self.count or (stream and stream:has(i + 1)) then return end
  local line = fragment.before and fragment.before[rows]
  page.y, page.i, page.rows = line and line.top or fragment.tops[rows], i - 1, rows - 1
  if self.group then page.last_group = self.group(self.row_at(i - 2)) or false end
end

---@return briefpress.Fragment? fragment
---@return briefpress.Block? rest
function M.layout(self, cx, width, height)
  local plan = self:prepare(cx, width)
  local first, stream = self.first, self.stream
  local is_first = first == 1 and not self.partial
  local fragment = require("briefpress.table_draw").new {
    owner = self, cx = cx, plan = plan, width = width, is_first = is_first, first = first, tops = {}, cells = {},
    tall = {}, ink = cx:color "ink", faint = cx:color "faint", zebra = self.zebra and cx:color "accent_soft",
    head_height = (is_first or self.repeats) and plan.head_height or 0 }
  if self.group then
    fragment.starts = {}
    require("briefpress.table_tags").id(self, cx)
  end
  if stream then stream:release(first) end
  local y = begin(self, cx, plan, width, fragment)
  if self.carries then fragment.carried = require("briefpress.table_carry").sum(self, cx, plan, "carried_forward") end
  local page = { i = first, y = y, rows = 0, height = height, last_group = self.last_group,
    reserve = fragment.carried and fragment.carried.height or 0,
    is_held = not (cx.is_dry and self.is_plain and not stream) }
  fill(self, cx, plan, fragment, page)
  take_back(self, fragment, page)
  local rows = page.rows
  if rows == 0 and not (page.is_done and first == 1) then return nil, self end
  local left = stream and (page.is_done and rows or 2) or self.count - first + 1
  local fewest = (self.partial or page.partial) and 1 or math.min(2, left)
  if rows < fewest and not cx.is_loose then return nil, self end
  return M.close(self, cx, plan, fragment, page)
end

--- Ends a page: lets go of what did not fit, writes the sums, and answers what remains.
function M.close(self, cx, plan, fragment, page)
  local rows, y, i = page.rows, page.y, page.i
  local list, columns = fragment.cells, #self.columns
  for extra = #list, rows * columns + 1, -1 do list[extra] = nil end
  for _, lines in ipairs { fragment.before or false, fragment.after or false, fragment.starts or false } do
    if lines then
      for r in next, lines do
        if r > rows then lines[r] = nil end
      end
    end
  end
  fragment.rows, fragment.tops[rows + 1] = rows, y
  if not page.is_held then fragment.cells, fragment.tall = nil, {} end
  if page.is_done then
    local tail = page.tail or lay_end(self, cx, plan, fragment.width)
    fragment.tail, fragment.carried = tail, nil
    if tail.total then
      tail.total.top = y
      y = y + tail.total.height
    end
    fragment.bottom, fragment.height = y, y + tail.below
    if self.sums then require("briefpress.table_carry").reckon(self, fragment, rows) end
    return fragment
  end
  if fragment.carried then
    fragment.carried.top = y
    y = y + fragment.carried.height
  end
  fragment.bottom, fragment.height = y, y
  local state = { last_group = page.last_group, partial = page.partial, goes_on = false }
  if self.group then
    local group = page.last_group
    for r, has_heading in next, fragment.starts do -- The last of them, in whatever order.
      local row = fragment.first + r - 1
      if row > (state.body_row or 0) then state.body_row, state.body_has_heading = row, has_heading end
    end
    state.goes_on = group and group ~= "" and (page.partial ~= nil or (self.group(self.row_at(i)) or false) == group)
  end
  if self.sums then
    state.sum_of_all, state.sum_of_group = require("briefpress.table_carry").reckon(self, fragment, rows)
  end
  return fragment, rest_of(self, cx, i, state)
end

return M
