--- Tables: rows stream over the pages, from a list of the layout or from a table of the data that stays in C. Only the
--- rows of one page are held at a time. The header is repeated on each page, as an artifact after the first.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local cells = require "briefpress.table_cells"
local options = require "briefpress.options"
local style_of = require "briefpress.style"
local text_width = engine.text.width
local type = type

local M = {}

local GAP, PAD = 12, 3.5 -- Between columns; above and below the text of a row.

local Table = {}
Table.__index = Table

--- Styles and what the cells want; once.
local function bind(self, cx)
  if self.count then return end
  cells.bind(self)
  local open, prints = {}, {}
  local style, token = cx:style(self.style, self.over)
  self.shared.prints = prints
  for i, column in ipairs(self.columns) do
    prints[i] = column.print
    if column.style or column.over or column.weight or column.color then
      column.set, column.token = cx:style(column.style or self.style, cells.overrides(self, column))
    else
      column.set, column.token = style, token
    end
    column.weight_of_surplus = column.is_right and 1 or 2
    if column.width == nil or column.width == "auto" then open[#open + 1] = column end
  end
  if #open > 0 then cells.measure(self, cx, open) end
  if self.has_decimals then cells.measure_decimals(self, cx) end
end

--- The titles of a plan's columns as paragraphs with their heights, and the greatest of these.
local function set_head(cx, plan, columns)
  local style, token = cx:style "table_head"
  local head, tallest = {}, 0
  for i, column in ipairs(columns) do
    local paragraph = cx.paragraph({ { style = style, text = column.title or "" } }, token, column.align)
    local _, height = paragraph:layout(plan.wides[i])
    head[i], tallest = { paragraph, height }, math.max(tallest, height)
  end
  plan.head, plan.head_height, plan.head_text = head, tallest + 2 * PAD, tallest
end

--- The plan for a width of the table: where each column stands, its style, and the header. Fragments keep theirs.
function Table:prepare(cx, width)
  local plan = self.shared.plan
  if plan and plan.width == width then return plan end
  cx.at = self.place
  bind(self, cx)
  local columns = self.columns
  local style, token = cx:style(self.style, self.over)
  local head_style = cx:style "table_head"
  local wants = {}
  for i, column in ipairs(columns) do
    local want = { width = column.width, least = column.least, most = column.most, weight = column.weight_of_surplus }
    if column.least and column.title and self.has_header then
      local title = text_width(head_style, column.title)
      want.most = math.max(want.most, math.min(title, math.max(want.most * 1.5, 60)))
      for word in column.title:gmatch("%S+") do
        want.least = math.max(want.least, math.min(text_width(head_style, word), 90))
      end
    end
    wants[i] = want
  end
  local inset = self.zebra and 6 or 0
  local widths = require("briefpress.table_widths").solve(wants, width - 2 * inset, GAP, self.place)
  local styles, lefts, offsets, aligns = {}, {}, {}, {}
  local x = inset
  for i, column in ipairs(columns) do
    local share = column.align == "right" and 1 or column.align == "center" and 0.5 or 0
    styles[i], lefts[i], aligns[i] = column.set, x, share
    offsets[i] = share == 0 and x or x + widths[i] * share
    x = x + widths[i] + GAP
  end
  plan = { width = width, style = style, leading = token.leading, baseline = PAD + cx:baseline(self.style, self.over),
    single = token.leading + 2 * PAD, styles = styles, lefts = lefts, wides = widths, offsets = offsets,
    aligns = aligns, head_height = 0 }
  if self.has_header then set_head(cx, plan, columns) end
  self.shared.plan = plan
  return plan
end

function Table:measure(cx, width)
  local plan = self:prepare(cx, width)
  local least, most = GAP * (#self.columns - 1), GAP * (#self.columns - 1)
  for i, column in ipairs(self.columns) do
    least = least + (column.least or plan.wides[i])
    most = most + (column.most or plan.wides[i])
  end
  return least, most
end

--- A cell that needs more than a line of plain text: what it draws, and its height.
local function tall_cell(self, cx, plan, c, value, set)
  local wide = plan.wides[c]
  if type(value) == "string" then
    local column = self.columns[c]
    local paragraph = cx.paragraph({ { style = set or plan.styles[c], text = value } }, column.token, column.align,
      plan.leading)
    local _, height = paragraph:layout(wide)
    return { paragraph = paragraph, wide = wide }, height
  end
  local fragment, rest = value:layout(cx, wide, 1e6)
  if not fragment or rest then options.fail("table: a block in a cell must fit into its column", self.place) end
  return { fragment = fragment }, fragment.height
end

--- Puts the cells of row `i` into `out` from `at` on; answers the height of the row. `tall[at]` says that it holds more
--- than lines of text.
local function lay_row(self, cx, plan, i, out, at, tall)
  local prints, styles, wides = self.shared.prints, plan.styles, plan.wides
  local tallest = plan.leading
  for c = 1, #prints do
    local value = prints[c](i)
    if type(value) ~= "string" or text_width(styles[c], value) > wides[c] + 0.01 then
      local height
      value, height = tall_cell(self, cx, plan, c, value)
      if height > tallest then tallest = height end
      tall[at] = true
    end
    out[at + c] = value
  end
  return tallest + 2 * PAD
end

--- The cells of the total row, set in the weight of the header.
local function lay_total(self, cx, plan, out, at)
  local set = cx:style(self.style, cells.strong(self))
  local tallest = plan.leading
  for c, column in ipairs(self.columns) do
    local value = cells.total(self, column, c)
    if type(value) ~= "string" or text_width(set, value) > plan.wides[c] + 0.01 then
      local height
      value, height = tall_cell(self, cx, plan, c, value, set)
      if height > tallest then tallest = height end
    end
    out[at + c] = value
  end
  return tallest + 2 * PAD, set
end

local Fragment = {}
Fragment.__index = Fragment

local TH = { scope = "Column" }

local function draw_header(self, canvas, x, y, is_tagged)
  local plan = self.plan
  if is_tagged then canvas:begin_tag("TR") else canvas:begin_artifact("Pagination") end
  for i = 1, #plan.head do
    local paragraph, height = plan.head[i][1], plan.head[i][2]
    if is_tagged then canvas:begin_tag("TH", TH) end
    paragraph:layout(plan.wides[i])
    canvas:paragraph(paragraph, x + plan.lefts[i], y + PAD + plan.head_text - height)
    if is_tagged then canvas:end_tag() end
  end
  if is_tagged then canvas:end_tag() else canvas:end_artifact() end
end

local function draw_rules(self, canvas, x, y)
  local width, ink, faint = self.width, self.ink, self.faint
  canvas:begin_artifact("Layout")
  if self.zebra then
    for r = 1, self.rows do
      if (self.first + r) % 2 == 1 then
        canvas:rect(x, y + self.tops[r], width, self.tops[r + 1] - self.tops[r], { fill = self.zebra })
      end
    end
  else
    local path, n = {}, 0
    for r = 2, self.rows do
      local at = y + self.tops[r]
      path[n + 1], path[n + 2], path[n + 3] = "M", x, at
      path[n + 4], path[n + 5], path[n + 6] = "L", x + width, at
      n = n + 6
    end
    if n > 0 then canvas:path(path, { stroke = faint, line_width = 0.3 }) end
  end
  local path, n = {}, 0
  for i = 1, 4 do -- Above and below the header, above the total, at the foot.
    local at = i == 1 and self.head_top or i == 2 and self.head_height > 0 and self.tops[1]
      or i == 3 and self.total_top or i == 4 and self.bottom
    if at then
      path[n + 1], path[n + 2], path[n + 3] = "M", x, y + at
      path[n + 4], path[n + 5], path[n + 6] = "L", x + width, y + at
      n = n + 6
    end
  end
  canvas:path(path, { stroke = ink, line_width = 0.5 })
  canvas:end_artifact()
end

--- The cells of one row; `at` is where they begin in the list of cells. A row of plain text alone is one call.
local function draw_row(self, canvas, x, y, at, set)
  local plan, list = self.plan, self.cells
  if not set and not self.tall[at] and not self.owner.has_decimals then
    self.row(canvas, plan.styles, plan.offsets, plan.aligns, list, at + 1, x, y + plan.baseline)
    return
  end
  local columns, baseline = self.owner.columns, y + plan.baseline
  canvas:begin_tag("TR")
  for c = 1, #columns do
    local cell, column = list[at + c], columns[c]
    local style, indent = set or plan.styles[c], 0
    if column.is_decimal and not cell.paragraph then
      indent = cells.indent(self.cx, column, style, cell.fragment and cell.fragment.owner or cell)
    end
    canvas:begin_tag("TD")
    if type(cell) == "string" then
      if cell ~= "" then canvas:text(style, x + plan.offsets[c] - indent, baseline, cell, column.align) end
    elseif cell.paragraph then
      cell.paragraph:layout(cell.wide)
      canvas:paragraph(cell.paragraph, x + plan.lefts[c], y + PAD)
    else
      cell.fragment:draw(canvas, x + plan.lefts[c] - indent, y + PAD)
    end
    canvas:end_tag()
  end
  canvas:end_tag()
end

--- The names and headings in its cells. Those of a table of the data have none.
function Fragment:locate(canvas, x, y)
  local owner, list = self.owner, self.cells
  if owner.is_plain then return end
  local columns, lefts = #owner.columns, self.plan.lefts
  for at = 0, #list - columns, columns do
    local r = at // columns + 1
    local top = r > self.rows and self.total_top or self.tops[r]
    if self.groups and self.groups[r] then top = top + self.plan.single end
    for c = 1, columns do
      local cell = list[at + c]
      if type(cell) == "table" and cell.fragment then
        block.locate(cell.fragment, canvas, x + lefts[c], y + top + PAD)
      end
    end
  end
end

--- Lays the rows of a table of the data again, which a pass that draws nothing does not hold.
local function fetch_cells(self)
  local owner, cx, plan = self.owner, self.cx, self.plan
  local columns, list = #owner.columns, {}
  for r = 1, self.rows do lay_row(owner, cx, plan, self.first + r - 1, list, (r - 1) * columns, self.tall) end
  if self.total_top then lay_total(owner, cx, plan, list, self.rows * columns) end
  self.cells = list
end

function Fragment:draw(canvas, x, y)
  local owner, plan = self.owner, self.plan
  if self.cx.is_dry then return self:locate(canvas, x, y) end
  if not self.cells then fetch_cells(self) end
  draw_rules(self, canvas, x, y)
  self.row = canvas.row -- Looked up once a page.
  canvas:begin_tag("Table", owner.shared.tag and { id = owner.shared.tag } or nil)
  if self.caption then
    canvas:begin_tag("Caption")
    self.caption:draw(canvas, x, y)
    canvas:end_tag()
  end
  if self.head_height > 0 then
    if self.is_first then draw_header(self, canvas, x, y + self.head_top, true) end
  end
  local columns, groups, at = #owner.columns, self.groups, 0
  for r = 1, self.rows do
    local top = y + self.tops[r]
    local group = groups and groups[r]
    if group then
      canvas:begin_tag("TR")
      canvas:begin_tag("TH", { scope = "Row", column_span = columns })
      canvas:text(self.group_style, x + plan.lefts[1], top + plan.baseline, group)
      canvas:end_tag()
      canvas:end_tag()
      top = top + plan.single
    end
    draw_row(self, canvas, x, top, at)
    at = at + columns
  end
  if self.total_top then draw_row(self, canvas, x, y + self.total_top, at, self.total_style) end
  canvas:end_tag()
  if self.head_height > 0 and not self.is_first then draw_header(self, canvas, x, y + self.head_top, false) end
  if self.source then self.source:draw(canvas, x, y + self.bottom + 4) end
end

--- The whole block of a caption or source line: text, wrapped.
local function words(self, cx, name, source, width)
  local part = self.shared[name]
  if not part then
    part = require("briefpress.text").new(source, { style = name == "caption" and "chart_title" or "caption",
      tag = "P" })
    self.shared[name] = part
  end
  return (part:layout(cx, width, 1e6))
end

function Table:layout(cx, width, height)
  local plan = self:prepare(cx, width)
  local first, count = self.first, self.count
  local is_first = first == 1
  local fragment = setmetatable({ owner = self, cx = cx, plan = plan, width = width, is_first = is_first,
    first = first, tops = {}, cells = {}, tall = {}, ink = cx:color "ink", faint = cx:color "faint",
    zebra = self.zebra and cx:color "accent_soft",
    head_height = (is_first or self.repeats) and plan.head_height or 0 }, Fragment)
  local y = 0
  if is_first and self.caption then
    fragment.caption = words(self, cx, "caption", self.caption, width)
    y = fragment.caption.height + 6
  end
  fragment.head_top = y
  y = y + fragment.head_height
  local tail, source = 0, nil
  if self.source then
    source = words(self, cx, "source", self.source, width)
    tail = source.height + 4
  end
  local columns, list, tops = #self.columns, fragment.cells, fragment.tops
  local is_held = not (cx.is_dry and self.is_plain)
  local group_of, last_group = self.group, self.last_group
  local total_height, total_cells
  if self.total then
    total_cells = {}
    total_height, fragment.total_style = lay_total(self, cx, plan, total_cells, 0)
    tail = tail + total_height
  end
  local rows, i = 0, first
  while i <= count do
    local row_height = lay_row(self, cx, plan, i, list, is_held and rows * columns or 0, fragment.tall)
    local group
    if group_of then
      group = group_of(self.row_at(i))
      if group ~= last_group then
        fragment.groups = fragment.groups or {}
        row_height = row_height + plan.single
      end
    end
    if y + row_height + (i == count and tail or 0) > height then break end
    rows = rows + 1
    if group_of and group ~= last_group then
      fragment.groups[rows], last_group = tostring(group), group
    end
    tops[rows] = y
    y = y + row_height
    i = i + 1
  end
  -- One row alone at the foot of a page looks lost; so does the last one alone at the top of the next.
  if i == count and rows > 2 then
    rows, i = rows - 1, i - 1
    y = tops[rows + 1]
    if group_of then last_group = rows > 0 and group_of(self.row_at(i - 1)) or self.last_group end
  end
  local fewest = math.min(2, count - first + 1)
  if (rows < fewest and not cx.is_loose) or (rows == 0 and count > 0) then return nil, self end
  for extra = #list, rows * columns + 1, -1 do list[extra] = nil end
  fragment.rows, tops[rows + 1] = rows, y
  if not is_held then fragment.cells, fragment.tall = nil, {} end
  if fragment.groups then fragment.group_style = cx:style(self.style, cells.strong(self)) end
  if i > count then
    if self.total then
      if is_held then table.move(total_cells, 1, columns, rows * columns + 1, list) end
      fragment.total_top = y
      y = y + total_height
    end
    fragment.bottom, fragment.source = y, source
    fragment.height = y + (source and source.height + 4 or 0)
    return fragment
  end
  fragment.bottom, fragment.height = y, y
  local shared = self.shared
  shared.tag = shared.tag or cx:unique("table")
  local rest = {}
  for key, value in next, self do rest[key] = value end
  rest.first, rest.last_group, rest.id, rest.space_before = i, last_group, nil, 0
  return fragment, setmetatable(rest, Table)
end

local known = options.define("table", {
  columns = "table", rows = "any", header = "boolean", zebra = "boolean", style = "style", repeat_header = "boolean",
  caption = "string", source = "any", total = "table", group = "function",
})

function M.table(spec)
  options.expect(spec, "table", "table")
  spec = options.read("table", spec, known)
  local style, over = style_of.split(spec.style, "table", "table")
  spec = style_of.open(spec, "table")
  local rows = spec.rows
  if rows == nil then rows = spec[1] end
  local is_stored = cells.is_stored(rows)
  if not is_stored and type(rows) ~= "table" then
    options.fail(("table: rows must be a list of rows or a table of the data, got %s"):format(
      rows == nil and "nothing" or "a " .. type(rows)))
  end
  local columns = spec.columns
  if not columns then
    if not is_stored then options.fail("table: a list of rows needs columns = { ... } that says what to show") end
    columns = {}
    for i, column in ipairs(rows.columns) do columns[i] = { key = column.id } end
  end
  columns = cells.columns(columns)
  local has_titles = is_stored
  for _, column in ipairs(columns) do has_titles = has_titles or column.title ~= nil end
  local copies = {}
  for i, column in ipairs(columns) do
    copies[i] = {}
    for key, value in next, column do copies[i][key] = value end
  end
  return block.make(Table, {
    columns = copies, rows = rows, first = 1, shared = {}, has_header = spec.header ~= false and has_titles,
    repeats = spec.repeat_header ~= false, zebra = spec.zebra, style = style, over = over, is_plain = is_stored,
    caption = spec.caption, source = require("briefpress.citation").text(spec.source, "table"), total = spec.total,
    group = spec.group,
  }, { space_before = spec.space_before or 12, space_after = spec.space_after or 16, id = spec.id,
    keep_with_next = spec.keep_with_next })
end

return M
