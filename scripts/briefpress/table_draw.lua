--- What is drawn of a table on a page. A row of plain text is one call; rows with more in their cells are drawn cell
--- by cell. Which elements hold the rows is told by table_tags.lua. What repeats for the sake of the page is an
--- artifact.
local block = require "briefpress.block"
local head = require "briefpress.table_head"
local tags = require "briefpress.table_tags"
local type = type

local M = {}

local PAD = 3.5 -- Above and below the text of a row.

local Fragment = { is_own = true }
Fragment.__index = Fragment

function M.new(fragment)
  return setmetatable(fragment, Fragment)
end

local function draw_faint(self, canvas, x, y)
  local owner, tops = self.owner, self.tops
  local first, last = 2, self.rows
  if self.before or self.after or self.lead or self.carried or owner.rules then
    tops = require("briefpress.table_lines").hairlines(self)
    first, last = 1, #tops
  end
  local path, n, right = {}, 0, x + self.width
  for i = first, last do
    local at = y + tops[i]
    path[n + 1], path[n + 2], path[n + 3] = "M", x, at
    path[n + 4], path[n + 5], path[n + 6] = "L", right, at
    n = n + 6
  end
  if n > 0 then canvas:path(path, { stroke = self.faint, line_width = 0.3 }) end
end

local function draw_rules(self, canvas, x, y)
  local width, shared = self.width, self.owner.shared
  canvas:begin_artifact("Layout")
  if self.zebra then require("briefpress.table_rich_draw").draw_zebra(self, canvas, x, y) end
  if shared.has_fills then require("briefpress.table_rich_draw").draw_fills(self, canvas, x, y) end
  if not self.zebra then
    if shared.has_spans and not self.owner.rules then
      require("briefpress.table_rich_draw").draw_rules(self, canvas, x, y)
    else
      draw_faint(self, canvas, x, y)
    end
  end
  local path, n, total = {}, 0, self.tail and self.tail.total
  for i = 1, 4 do -- Above and below the header, above the total, at the foot.
    local at = i == 1 and self.head_top or i == 2 and self.head_height > 0 and self.body_top
      or i == 3 and total and total.top or i == 4 and self.bottom
    if at then
      path[n + 1], path[n + 2], path[n + 3] = "M", x, y + at
      path[n + 4], path[n + 5], path[n + 6] = "L", x + width, y + at
      n = n + 6
    end
  end
  canvas:path(path, { stroke = self.ink, line_width = 0.5 })
  local lines = self.head_height > 0 and self.plan.head_lines
  if lines then require("briefpress.table_spanners").draw(lines, canvas, x, y + self.head_top, self.ink) end
  canvas:end_artifact()
end

--- How far a cell stands from the right edge of its column.
local function indent_of(self, column, style, value)
  if not column.is_decimal then return 0 end
  return require("briefpress.table_decimals").indent(self.cx, column, style, value)
end

--- What a cell holds that is no text alone.
local function draw_held(self, canvas, cell, c, style, x, y)
  local plan, column = self.plan, self.owner.columns[c]
  if cell.paragraph then
    cell.paragraph:layout(cell.wide)
    canvas:paragraph(cell.paragraph, x + plan.lefts[c], y + PAD, cell.first_line, cell.last_line)
  elseif cell.fragment then
    local indent = indent_of(self, column, style, cell.fragment.owner or cell)
    cell.fragment:draw(canvas, x + plan.lefts[c] - indent, y + PAD)
  else
    require("briefpress.table_rich_draw").draw_line(self, canvas, cell, c, x, y + plan.baseline)
  end
end

--- The cells of one row; `at` is where they begin in the list of cells. `body` is the element that holds the row.
local function draw_cells(self, canvas, list, x, y, at, body, set, id)
  local plan, columns = self.plan, self.owner.columns
  local baseline, styles, offsets = y + plan.baseline, plan.styles, plan.offsets
  local spans = body.spans
  canvas:begin_tag("TR", id and { id = id } or nil)
  for c = 1, #columns do
    local cell, column = list[at + c], columns[c]
    if cell == false then
      if spans then spans:hole(canvas, c) end
    else
      local style = set or styles[c]
      tags.begin_cell(body, canvas, column, cell, c, id)
      if type(cell) ~= "string" then
        draw_held(self, canvas, cell, c, style, x, y)
      elseif cell ~= "" then
        local indent = indent_of(self, column, style, cell)
        tags.text(canvas, column, style, x + offsets[c] - indent, baseline, cell, column.align)
      end
      canvas:end_tag()
    end
  end
  if spans then spans:next_row() end
  canvas:end_tag()
end

local function locate_cells(self, canvas, x, y, list, at, top)
  local lefts = self.plan.lefts
  for c = 1, #lefts do
    local cell = list[at + c]
    if type(cell) == "table" and cell.fragment then block.locate(cell.fragment, canvas, x + lefts[c], y + top + PAD) end
  end
end

--- The names, headings and marks in its texts and cells. Cells that are not held while page numbers are being found
--- have none.
function Fragment:locate(canvas, x, y)
  local list, columns, tail = self.cells, #self.plan.lefts, self.tail
  if self.caption and self.is_first then block.locate(self.caption, canvas, x, y) end
  if list and not (self.owner.is_plain and not next(self.tall)) then
    for r = 1, self.rows do locate_cells(self, canvas, x, y, list, (r - 1) * columns, self.tops[r]) end
  end
  if not tail then return end
  if tail.total and tail.total.cells then locate_cells(self, canvas, x, y, tail.total.cells, 0, tail.total.top) end
  if tail.notes then
    for _, note in ipairs(tail.notes) do
      block.locate(note.fragment, canvas, x + note.left, y + self.bottom + 4 + note.top)
    end
  end
  if tail.source then block.locate(tail.source, canvas, x, y + self.bottom + tail.source_top) end
end

--- Lays the rows of a table of the data again, which a pass that draws nothing does not hold.
local function fetch_cells(self)
  local owner, cx, plan = self.owner, self.cx, self.plan
  local lay_row = require("briefpress.table_fill").lay_row
  local columns, list = #owner.columns, {}
  for r = 1, self.rows do
    local at = (r - 1) * columns
    local part = self.parts and self.parts[r]
    if part then
      table.move(part, 1, columns, at + 1, list)
      self.tall[at] = true
    else
      lay_row(owner, cx, plan, self.first + r - 1, list, at, self.tall)
    end
  end
  self.cells = list
end

--- The rows, each in the body that holds it. One of plain text alone is one call.
local function draw_rows(self, canvas, x, y)
  local owner, plan, list, tops, tall = self.owner, self.plan, self.cells, self.tops, self.tall
  local columns, row, stub = #owner.columns, canvas.row, owner.stub
  local styles, offsets, aligns = plan.styles, plan.offsets, plan.aligns
  local before, after, ids, starts, at = self.before, self.after, self.ids, self.starts, 0
  local lines = owner.group and require "briefpress.table_lines"
  local is_plain, base, signs = stub and not owner.has_decimals, y + plan.baseline, owner.has_signs
  local body = tags.begin_body(self, canvas, 1)
  local heading, spans = body.heading, body.spans
  if heading then lines.draw(owner, plan, canvas, heading, x, y + heading.top, body.id) end
  for r = 1, self.rows do
    if starts and starts[r] ~= nil and r > 1 then
      canvas:end_tag()
      body = tags.begin_body(self, canvas, r)
      spans = body.spans
    end
    local line = before and before[r]
    if line then lines.draw(owner, plan, canvas, line, x, y + line.top, body.id) end
    if is_plain and not tall[at] and not (signs and tags.has_signs(owner.columns, list, at)) then
      row(canvas, styles, offsets, aligns, list, at + 1, x, base + tops[r], stub, body.names)
      if spans then spans:next_row() end
    else
      draw_cells(self, canvas, list, x, y + tops[r], at, body, nil, ids and ids[r])
    end
    line = after and after[r]
    if line then lines.draw(owner, plan, canvas, line, x, y + line.top) end
    at = at + columns
  end
  canvas:end_tag()
  return heading
end

--- The total, in a footer: in a body where there are no rows above it.
local function draw_total(self, canvas, total, x, y)
  canvas:begin_tag(self.rows > 0 and "TFoot" or "TBody")
  if total.cells then
    draw_cells(self, canvas, total.cells, x, y + total.top, 0, tags.foot(self), total.set)
  else
    require("briefpress.table_lines").draw(self.owner, self.plan, canvas, total, x, y + total.top)
  end
  canvas:end_tag()
end

--- Its title and header: tagged where the table is drawn for the first time, else for the eye alone.
local function draw_head(self, canvas, x, y, is_lead)
  local caption = self.caption
  if caption then
    canvas[is_lead and "begin_tag" or "begin_artifact"](canvas, is_lead and "Caption" or "Pagination")
    caption:draw(is_lead and canvas or require("briefpress.canvas").quiet(canvas), x, y)
    canvas[is_lead and "end_tag" or "end_artifact"](canvas)
  end
  if self.head_height == 0 then return end
  head.draw(self, canvas, x, y + self.head_top, is_lead)
  if is_lead then self.owner.shared.has_read_head = true end
end

function Fragment:draw(canvas, x, y)
  local owner, plan = self.owner, self.plan
  if self.cx.is_dry then return self:locate(canvas, x, y) end
  if not self.cells then fetch_cells(self) end
  draw_rules(self, canvas, x, y)
  local is_lead, lead, tail = tags.is_lead(self), self.lead, self.tail
  local total, carried, heading = tail and tail.total, self.carried, nil
  if is_lead or self.rows > 0 or total then
    canvas:begin_tag("Table", owner.shared.tag and { id = owner.shared.tag } or nil)
    if is_lead then draw_head(self, canvas, x, y, true) end
    if self.rows > 0 then heading = draw_rows(self, canvas, x, y) end
    if total then draw_total(self, canvas, total, x, y) end
    canvas:end_tag()
  end
  if lead or carried then
    local lines = require "briefpress.table_lines"
    for _, line in ipairs(lead or {}) do
      if line ~= heading then lines.draw(owner, plan, canvas, line, x, y + line.top) end
    end
    if carried then lines.draw(owner, plan, canvas, carried, x, y + carried.top) end
  end
  if not is_lead then draw_head(self, canvas, x, y, false) end
  if tail then
    if tail.notes then require("briefpress.table_notes").draw(tail.notes, canvas, x, y + self.bottom + 4) end
    if tail.source then tail.source:draw(canvas, x, y + self.bottom + tail.source_top) end
  end
end

return M
