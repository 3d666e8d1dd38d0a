--- What is drawn of a table on a page. A row of plain text is one call; rows with more in their cells are drawn cell
--- by cell. What repeats for the sake of the page is an artifact.
local block = require "briefpress.block"
local head = require "briefpress.table_head"
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
    if cell.mark and not cell.first_line then
      require("briefpress.table_notes").link(canvas, cell.paragraph, cell.mark.text, cell.target, x + plan.lefts[c],
        y + PAD)
    end
  elseif cell.fragment then
    local indent = indent_of(self, column, style, cell.fragment.owner or cell)
    cell.fragment:draw(canvas, x + plan.lefts[c] - indent, y + PAD)
  else
    require("briefpress.table_rich_draw").draw_line(self, canvas, cell, c, x, y + plan.baseline)
  end
end

local STUB = { scope = "Row" }

--- The tag of a cell: a row's label is a header.
local function begin_cell(canvas, column, cell, c, id)
  local is_stub = column.stub
  local options = is_stub and STUB or nil
  if id then options = { id = id .. "-" .. c, scope = is_stub and "Row" or nil } end
  if type(cell) == "table" and cell.is_rich and (cell.last > c or cell.rows > 1) then
    options = { id = id and id .. "-" .. c, scope = is_stub and "Row" or nil }
    options = require("briefpress.table_rich_draw").tag_options(cell, c, options)
  end
  canvas:begin_tag(is_stub and "TH" or "TD", options)
end

--- The cells of one row; `at` is where they begin in the list of cells.
local function draw_cells(self, canvas, list, x, y, at, set, id)
  local plan, columns = self.plan, self.owner.columns
  local baseline, styles, offsets = y + plan.baseline, plan.styles, plan.offsets
  canvas:begin_tag("TR", id and { id = id } or nil)
  for c = 1, #columns do
    local cell, column = list[at + c], columns[c]
    if cell ~= false then
      local style = set or styles[c]
      begin_cell(canvas, column, cell, c, id)
      if type(cell) ~= "string" then
        draw_held(self, canvas, cell, c, style, x, y)
      elseif cell ~= "" then
        local indent = indent_of(self, column, style, cell)
        canvas:text(style, x + offsets[c] - indent, baseline, cell, column.align)
      end
      canvas:end_tag()
    end
  end
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

--- The rows. One of plain text alone is one call.
local function draw_rows(self, canvas, x, y)
  local owner, plan, list, tops, tall = self.owner, self.plan, self.cells, self.tops, self.tall
  local columns, row, stub = #owner.columns, canvas.row, owner.stub
  local styles, offsets, aligns = plan.styles, plan.offsets, plan.aligns
  local before, after, ids, at = self.before, self.after, self.ids, 0
  local lines = (before or after) and require "briefpress.table_lines"
  local is_plain, base = stub and not owner.has_decimals, y + plan.baseline
  for r = 1, self.rows do
    local line = before and before[r]
    if line then lines.draw(owner, plan, canvas, line, x, y + line.top) end
    if is_plain and not tall[at] then
      row(canvas, styles, offsets, aligns, list, at + 1, x, base + tops[r], stub)
    else
      draw_cells(self, canvas, list, x, y + tops[r], at, nil, ids and ids[r])
    end
    line = after and after[r]
    if line then lines.draw(owner, plan, canvas, line, x, y + line.top) end
    at = at + columns
  end
end

function Fragment:draw(canvas, x, y)
  local owner, plan = self.owner, self.plan
  if self.cx.is_dry then return self:locate(canvas, x, y) end
  if not self.cells then fetch_cells(self) end
  draw_rules(self, canvas, x, y)
  canvas:begin_tag("Table", owner.shared.tag and { id = owner.shared.tag } or nil)
  if self.caption and self.is_first then
    canvas:begin_tag("Caption")
    self.caption:draw(canvas, x, y)
    canvas:end_tag()
  end
  local has_head, lead, tail = self.head_height > 0, self.lead, self.tail
  if has_head and self.is_first then head.draw(plan, canvas, x, y + self.head_top, true) end
  if lead then
    local lines = require "briefpress.table_lines"
    for _, line in ipairs(lead) do lines.draw(owner, plan, canvas, line, x, y + line.top) end
  end
  draw_rows(self, canvas, x, y)
  local last = self.carried or tail and tail.total
  if last and last.cells then
    draw_cells(self, canvas, last.cells, x, y + last.top, 0, last.set)
  elseif last then
    require("briefpress.table_lines").draw(owner, plan, canvas, last, x, y + last.top)
  end
  canvas:end_tag()
  if not self.is_first then
    if has_head then head.draw(plan, canvas, x, y + self.head_top, false) end
    if self.caption then
      canvas:begin_artifact("Pagination")
      self.caption:draw(require("briefpress.canvas").quiet(canvas), x, y)
      canvas:end_artifact()
    end
  end
  if tail then
    if tail.notes then require("briefpress.table_notes").draw(tail.notes, canvas, x, y + self.bottom + 4) end
    if tail.source then tail.source:draw(canvas, x, y + self.bottom + tail.source_top) end
  end
end

return M
