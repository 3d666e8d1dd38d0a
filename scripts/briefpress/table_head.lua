--- The header of a table: the titles of its columns, units below them, spanners above. Its rows are tagged once; on
--- later pages they are drawn again as an artifact.
local contrast = require "briefpress.contrast"

local find = string.find

local M = {}

local PAD = 3.5 -- Above and below its text.
local UNIT = { weight = 400, color = "muted" } -- What the style of units differs by.
M.UNIT = UNIT

--- True of a title of the layout that may hold Markdown or placeholders.
function M.is_marked(title)
  return find(title, "[{}*_`%[<&\\~^]") ~= nil
end

--- The cell of a title over columns `from` to `to`. `over` are overrides of the style, `is_data` tells that the data
--- give it.
local function cell_of(self, cx, plan, set, title, from, to, align, note, over, is_data)
  local style, token = set[1], set[2]
  local spans, linked, marks
  if is_data or not M.is_marked(title) then
    spans = { { style = style, text = title } }
  else
    spans, marks = require("briefpress.table_title").spans(self, cx, title, over)
  end
  if note then
    local notes = require "briefpress.table_notes"
    local mark, target = notes.mark(self, cx, note)
    local count = #spans
    linked = table.move(spans, 1, count, 1, {})
    spans[count + 1] = notes.span(cx, style, token, mark)
    linked[count + 1] = notes.span(cx, style, token, mark, target)
  end
  local left = plan.lefts[from]
  local wide = plan.lefts[to] + plan.wides[to] - left
  local paragraph = cx.paragraph(spans, token, align)
  local _, height = paragraph:layout(wide)
  return { paragraph = paragraph, wide = wide, left = left, height = height, marks = marks, cx = marks and cx,
    linked = linked and cx.paragraph(linked, token, align) } -- An artifact has no links.
end

local COLUMN = { scope = "Column" }

--- The tag of the title of column `i`, over `rows` rows. It has an id where rows of groups name it, and names the
--- spanners above it. A column without a title has a cell that is no header.
local function tag_of(self, cx, plan, cell, i, rows)
  if cell.is_blank then return rows > 1 and { row_span = rows } or nil end
  local headers = self.spanners and require("briefpress.table_spanners").above(self, cx, i)
  local tags = self.group and require "briefpress.table_tags"
  local is_named = tags and tags.named(self) == i
  if not headers and not is_named and rows == 1 then return COLUMN end
  local id
  if is_named then
    id = ("%s-c%d"):format(tags.id(self, cx), i)
    plan.head_ids = plan.head_ids or {}
    plan.head_ids[i] = id
  end
  return { scope = "Column", row_span = rows > 1 and rows or nil, id = id, headers = headers }
end

--- The header of a plan's columns: rows of cells with their places, and its height.
function M.set(self, cx, plan)
  local columns = self.columns
  local style, token = cx:style "table_head"
  contrast.check(cx, token, self.place)
  local set = { style, token }
  local head, levels = {}, 0
  local spanners = self.spanners and require "briefpress.table_spanners"
  if spanners then levels = spanners.add(self, cx, plan, head, set, cell_of) end
  local titles = { cells = {}, tallest = 0 }
  head[levels + 1] = titles
  local units = 0
  for i, column in ipairs(columns) do
    local cell = cell_of(self, cx, plan, set, column.title or "", i, i, column.align, column.note, nil,
      column.has_data_title)
    cell.bottom, cell.from, cell.is_blank = levels + 1, i, (column.title or "") == "" and not column.unit
    titles.tallest = math.max(titles.tallest, cell.height)
    if column.unit then
      local unit_style, unit_token = cx:style("table_head", UNIT)
      cell.unit = cell_of(self, cx, plan, { unit_style, unit_token }, column.unit, i, i, column.align, nil, UNIT,
        column.has_data_unit)
      units = math.max(units, cell.unit.height)
    end
    local rows = levels > 0 and spanners.free_above(self.spanners, 0, i, i) or 1
    cell.tag = tag_of(self, cx, plan, cell, i, rows)
    local row = head[levels + 2 - rows].cells
    row[#row + 1] = cell
  end
  local y, lines = 0, nil
  for i, row in ipairs(head) do
    local pad = i <= levels and spanners.PAD or PAD
    row.text_bottom = y + PAD + row.tallest
    y = row.text_bottom + pad
  end
  if spanners then
    lines = spanners.finish(head, levels)
  else
    for _, cell in ipairs(titles.cells) do cell.top = titles.text_bottom - cell.height end
  end
  plan.head, plan.head_height, plan.unit_top, plan.head_lines = head, y + units, titles.text_bottom, lines
end

--- Draws a cell. A title and the unit below it are read as two paragraphs, and not as one word.
local function draw_cell(plan, canvas, cell, x, y, is_tagged)
  local unit = cell.unit
  local has_parts = unit and is_tagged
  if has_parts then canvas:begin_tag("P") end
  local paragraph = is_tagged and cell.linked or cell.paragraph
  paragraph:layout(cell.wide)
  canvas:paragraph(paragraph, x + cell.left, y + cell.top)
  if cell.marks then require("briefpress.table_title").drawn(cell, x + cell.left, y + cell.top) end
  if has_parts then
    canvas:end_tag()
    canvas:begin_tag("P")
  end
  if unit then
    unit.paragraph:layout(unit.wide)
    canvas:paragraph(unit.paragraph, x + unit.left, y + plan.unit_top)
    if unit.marks then require("briefpress.table_title").drawn(unit, x + unit.left, y + plan.unit_top) end
  end
  if has_parts then canvas:end_tag() end
end

--- Draws the header of what of a table stands on a page; tagged, or as an artifact. Where no row is below it, no body
--- would be, and a THead may not stand without one.
function M.draw(fragment, canvas, x, y, is_tagged)
  local plan = fragment.plan
  if not is_tagged then
    canvas:begin_artifact("Pagination")
    for _, row in ipairs(plan.head) do
      for _, cell in ipairs(row.cells) do draw_cell(plan, canvas, cell, x, y, false) end
    end
    canvas:end_artifact()
    return
  end
  local has_body = fragment.rows > 0 or (fragment.tail and fragment.tail.total ~= nil)
  if has_body then canvas:begin_tag("THead") end
  for _, row in ipairs(plan.head) do
    canvas:begin_tag("TR")
    for _, cell in ipairs(row.cells) do
      canvas:begin_tag(cell.is_blank and "TD" or "TH", cell.tag)
      draw_cell(plan, canvas, cell, x, y, true)
      canvas:end_tag()
    end
    canvas:end_tag()
  end
  if has_body then canvas:end_tag() end
end

return M
