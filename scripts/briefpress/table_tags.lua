--- The elements of a table in the structure: Table, its Caption, one THead, a TBody (of each group, where rows are
--- grouped) and a TFoot, each of them one element over all pages. Every row has as many columns as the table, spans
--- counted. Ids are made where something refers to them, or where an element goes on, and nowhere else: a register of
--- any length has those of the table and its body.
---
--- Scope tells of most cells what their headers are. It does not of the heading of a group, which is the header of all
--- rows below it: the header of each row, or else its first cell, names it (Headers), and so do titles below spanners.
local M = {}

--- True where the header is read: on the page that the table is drawn on first, which is not its first page where
--- --pages leaves that out.
function M.is_lead(fragment)
  local shared = fragment.owner.shared
  if fragment.is_first or not shared.lead then shared.lead = fragment.tops end -- A mark of that fragment, and small.
  return shared.lead == fragment.tops
end

--- The table's own id, which those of its parts begin with.
function M.id(self, cx)
  local shared = self.shared
  shared.tag = shared.tag or cx:unique("table")
  return shared.tag
end

--- The cell of a row that names its group: its label, else the first.
function M.named(owner)
  local stub = owner.stub
  if stub and stub > 0 then return stub end
  for c, column in ipairs(owner.columns) do
    if column.stub then return c end
  end
  return 1
end

--- Which cells of the rows to come are covered by one above, or beside them.
local Spans = {}
Spans.__index = Spans

--- A cell that nothing covers, although the layout covered it: an element for it keeps the row complete.
function Spans:hole(canvas, c)
  if c <= self.last or (self[c] or 0) > 0 then return end
  canvas:begin_tag("TD")
  canvas:end_tag()
end

--- Notes what a cell covers; answers how many rows, which end with those of its body.
function Spans:cover(c, cell)
  local rows = math.min(cell.rows, self.left)
  for covered = c, cell.last do self[covered] = rows end
  self.last = cell.last
  return rows
end

function Spans:next_row()
  for c = 1, self.columns do
    if self[c] then self[c] = self[c] - 1 end
  end
  self.last, self.left = 0, self.left - 1
end

--- What the cells of the rows of a page from `r` on cover, as far as these are in the same body; nil where none does.
local function spans_of(fragment, r)
  if not fragment.owner.shared.has_spans then return nil end
  local starts, last = fragment.starts, r
  while last < fragment.rows and not (starts and starts[last + 1] ~= nil) do last = last + 1 end
  return setmetatable({ last = 0, left = last - r + 1, columns = #fragment.plan.lefts }, Spans)
end

local PLAIN = {} -- A body whose rows need nothing.

--- What the cell that names its group refers to: the title of its column too, for a cell that refers to headers has no
--- others.
local function headers_of(fragment, name, named)
  local ids = fragment.owner.shared.has_read_head and fragment.plan.head_ids
  local title = ids and ids[named]
  return title and { title, name } or { name }
end

--- The heading of a group that goes on: read where the page that it began on was left out.
local function lead_heading(fragment)
  for _, line in ipairs(fragment.lead or {}) do
    if line.is_heading then return line end
  end
end

--- True where the body that begins with row `r` may have rows on the next page.
local function goes_on(fragment, r)
  if fragment.tail then return false end
  for later = r + 1, fragment.rows do
    if fragment.starts[later] ~= nil then return false end
  end
  return true
end

--- Begins the body that row `r` of a page belongs to.
--- `id` is that of its group's heading, `headers` and `names` are what the cell `named` of its rows refers to,
--- `heading` is a line that the body begins with.
---@return {id?:string, headers?:string[], names?:string, named?:integer, spans?:table, heading?:table} body
function M.begin_body(fragment, canvas, r)
  local owner, starts = fragment.owner, fragment.starts
  local id, spans = owner.shared.tag, spans_of(fragment, r)
  if not owner.group then
    canvas:begin_tag("TBody", id and { id = id .. "-body" } or nil)
    return spans and { spans = spans } or PLAIN
  end
  local row, has_heading, shared = owner.body_row, owner.body_has_heading, owner.shared
  local is_begun = not (starts and starts[r] ~= nil)
  if not is_begun then row, has_heading = fragment.first + r - 1, starts[r] end
  local name = ("%s-%d"):format(id, row)
  canvas:begin_tag("TBody", (is_begun or goes_on(fragment, r)) and { id = name .. "-body" } or nil)
  local body = { spans = spans }
  if has_heading and is_begun and shared.headed ~= row then
    body.heading = lead_heading(fragment)
    has_heading = body.heading ~= nil
  end
  if has_heading then
    local named = M.named(owner)
    local headers = headers_of(fragment, name, named)
    body.id, body.named, body.headers, body.names = name, named, headers, table.concat(headers, " ")
    shared.headed = row
  end
  return body
end

--- The same of the row of a total, which the table's foot holds.
function M.foot(fragment)
  local spans = spans_of(fragment, fragment.rows)
  return spans and { spans = spans } or PLAIN
end

--- True of dots, dashes and the like: no letters, no figures.
local function is_sign(text)
  for _, code in utf8.codes(text) do
    local is_mark = code < 0x80 and not string.char(code):find "%w" or code == 0xB7 or code == 0xD7
      or code >= 0x2010 and code <= 0x22FF
    if not is_mark then return false end
  end
  return text ~= ""
end

--- What a column prints that does not say it: a mark for no value or for zero, and figures in parentheses.
---@return table?                   What is said for a text; `is_negative`: one in parentheses is below zero.
function M.signs(column, nought)
  local said
  local function add(sign, words)
    if sign and is_sign(sign) then
      said = said or {}
      said[sign] = words
    end
  end
  add(column.missing, require("briefpress.phrase").phrase "alt_none")
  add(column.zero, nought)
  if column.negative == "parentheses" then
    said = said or {}
    said.is_negative = true
  end
  return said
end

--- What is said for the text of a cell; nil where that says it.
function M.said(column, text)
  local said = column.signs
  if not said then return nil end
  local positive = said.is_negative and text:match "^%((.+)%)$"
  return said[text] or positive and "\u{2212}" .. positive or nil
end

--- True where one of the texts of a row does not say what it means.
function M.has_signs(columns, list, at)
  for c, column in ipairs(columns) do
    if column.signs and M.said(column, list[at + c]) then return true end
  end
  return false
end

--- Draws the text of a cell; answers its width.
function M.text(canvas, column, style, x, y, text, align)
  local said = column.signs and M.said(column, text)
  if said then canvas:begin_tag("Span", { actual_text = said }) end
  local wide = canvas:text(style, x, y, text, align)
  if said then canvas:end_tag() end
  return wide
end

local STUB = { scope = "Row" }

--- Begins a cell: a row's label is a header. `id` is that of the row, where it goes on over pages.
function M.begin_cell(body, canvas, column, cell, c, id)
  local is_stub, headers, options = column.stub, body.headers, nil
  local covers = type(cell) == "table" and cell.is_rich and (cell.last > c or cell.rows > 1)
  if id or covers or headers then
    options = { id = id and id .. "-" .. c, scope = is_stub and "Row" or nil }
    if headers and c == body.named then options.headers = headers end
    if covers then
      local rows = body.spans and body.spans:cover(c, cell) or 1
      options.column_span = cell.last > c and cell.last - c + 1 or nil
      options.row_span = rows > 1 and rows or nil
    end
  elseif is_stub then
    options = STUB
  end
  canvas:begin_tag(is_stub and "TH" or "TD", options)
end

return M
