--- Tables: rows stream over the pages, from a list of the layout, from an iterator, or from a table of the data that
--- stays in C. Only the rows of one page are held at a time. The header is repeated on each page, as an artifact
--- after the first. Here is what a layout says, and how wide the columns become; table_fill.lua says which rows stand
--- on a page, table_draw.lua draws them.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local cells = require "briefpress.table_cells"
local contrast = require "briefpress.contrast"
local fill = require "briefpress.table_fill"
local head = require "briefpress.table_head"
local measure = require "briefpress.table_measure"
local options = require "briefpress.options"
local spec_of = require "briefpress.table_spec"
local style_of = require "briefpress.style"
local text_width = engine.text.width

local M = {}

local GAP, PAD = 12, 3.5 -- Between columns; above and below the text of a row.

local Table = { takes_caption = true }
Table.__index = Table

--- Styles and what the cells want; once. Where no column is said to label the rows, the first one does if it holds
--- words.
local function bind(self, cx)
  if self.count then return end
  cells.bind(self)
  local first = self.columns[1]
  if self.stub == 0 and first and first.stub == nil and not first.is_right and not first.graphic then
    first.stub, self.stub = true, 1
  end
  if self.total or self.wants_sums then require("briefpress.table_sums").bind(self) end
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
    contrast.check(cx, column.token, self.place)
    if self.zebra then contrast.check(cx, column.token, self.place, cx:color "accent_soft") end
    column.weight_of_surplus = column.is_right and 1 or 2
    if column.width == nil or column.width == "auto" then open[#open + 1] = column end
  end
  if #open > 0 then measure.measure(self, cx, open) end
  if self.has_decimals then require("briefpress.table_decimals").measure(self, cx) end
end

--- What its cells want is known then, whatever the width.
function Table:prepare_columns(cx)
  cx.at = self.place
  bind(self, cx)
end

--- Makes room for the words at the head of a column. `is_marked` of those that hold Markdown.
local function add_words(self, cx, want, style, words, most, mark, over, is_marked)
  if is_marked then
    local narrow, wide = require("briefpress.table_title").widths(self, cx, words, over)
    want.most = math.max(want.most, math.min(wide + mark, most + mark))
    want.least = math.max(want.least, math.min(narrow + mark, 90))
    return
  end
  want.most = math.max(want.most, math.min(text_width(style, words) + mark, most + mark))
  for word in words:gmatch("%S+") do
    want.least = math.max(want.least, math.min(text_width(style, word) + mark, 90))
  end
end

--- What each column asks of the width; titles and units count where it has none of its own.
local function wants_of(self, cx)
  local style, wants = cx:style "table_head", {}
  for i, column in ipairs(self.columns) do
    local want = { width = column.width, least = column.least, most = column.most, weight = column.weight_of_surplus }
    if column.least and self.has_header then
      local mark = column.note and text_width(style, "m") or 0
      local title, unit = column.title, column.unit
      if title then
        add_words(self, cx, want, style, title, math.max(want.most * 1.5, 60), mark, nil,
          not column.has_data_title and head.is_marked(title))
      end
      if unit then
        add_words(self, cx, want, style, unit, 60, 0, head.UNIT, not column.has_data_unit and head.is_marked(unit))
      end
    end
    wants[i] = want
  end
  return wants
end

--- The plan for a width of the table: where each column stands, its style, and the header. Fragments keep theirs.
function Table:prepare(cx, width)
  local plan = self.shared.plan
  if plan and plan.width == width then return plan end
  self:prepare_columns(cx)
  local columns = self.columns
  local style, token = cx:style(self.style, self.over)
  local inset = self.zebra and 6 or 0
  local widths = require("briefpress.table_widths").solve(wants_of(self, cx), width - 2 * inset, GAP, self.place)
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
  if self.has_header then head.set(self, cx, plan) end
  self.shared.plan = plan
  return plan
end

function Table:measure(cx, width)
  local parts = self.may_split and require("briefpress.table_split").parts(self, cx, width)
  if parts then return parts:measure(cx, width) end
  local plan = self:prepare(cx, width)
  local least, most = GAP * (#self.columns - 1), GAP * (#self.columns - 1)
  for i, column in ipairs(self.columns) do
    least = least + (column.least or plan.wides[i])
    most = most + (column.most or plan.wides[i])
  end
  return least, most
end

function Table:layout(cx, width, height)
  local parts = self.may_split and require("briefpress.table_split").parts(self, cx, width)
  if parts then return parts:layout(cx, width, height) end
  return fill.layout(self, cx, width, height)
end

local known = options.define("table", {
  columns = "table", rows = "any", header = "boolean", zebra = "boolean", style = "style", repeat_header = "boolean",
  caption = "string", source = "any", total = "any", group = "any", spanners = "table", units = "boolean",
  rules = { "rows", "groups", "none" }, subtotals = "boolean", notes = "table",
  note_marks = { "letters", "numbers", "symbols" }, cell_style = "function", missing = "string", split_rows = "boolean",
  split_columns = "boolean",
})

--- Refuses what cannot be, before anything is laid out.
local function check(spec, rows)
  if not spec_of.is_stored(rows) and type(rows) ~= "table" and type(rows) ~= "function" then
    options.fail(("table: rows must be a list of rows, a table of the data or a function that answers an iterator,"
      .. " got %s"):format(rows == nil and "nothing" or "a " .. type(rows)))
  end
  local total = spec.total
  if total ~= nil and type(total) ~= "table" and type(total) ~= "boolean" then
    options.fail(("table: total must be true or a row of what it prints, got a %s"):format(type(total)))
  end
  if spec.subtotals and not spec.group then options.fail("table: subtotals are of groups: say group = ") end
  for i, note in ipairs(spec.notes or {}) do options.expect(note, "string", "table: note " .. i) end
end

--- Which column holds the labels of the rows, 0 where none does; nil where several do.
local function stub_of(columns)
  local stub = 0
  for i, column in ipairs(columns) do
    if column.stub then
      if stub > 0 then return nil end
      stub = i
    end
  end
  return stub
end

--- A table of columns that are read already.
---@param columns table[]
---@param self table                What of it columns do not matter to; it becomes the block.
---@param spec table                The common options.
function M.new(columns, self, spec)
  self.columns, self.first, self.shared, self.stub = columns, 1, { has_spans = false }, stub_of(columns)
  if type(self.rows) == "function" then self.stream = require("briefpress.table_stream").new(self.rows, self.place) end
  return block.make(Table, self, spec)
end

--- See scripts/types/tables.lua.
function M.table(spec)
  options.expect(spec, "table", "table")
  spec = options.read("table", spec, known)
  local style, over = style_of.split(spec.style, "table", "table")
  spec = style_of.open(spec, "table")
  local rows = spec.rows
  if rows == nil then rows = spec[1] end
  check(spec, rows)
  local is_stored = spec_of.is_stored(rows)
  local columns = spec.columns
  if not columns then
    if not is_stored then options.fail("table: a list of rows needs columns = { ... } that says what to show") end
    columns = {}
    for i, column in ipairs(rows.columns) do columns[i] = { key = column.id } end
  end
  columns = spec_of.columns(columns, is_stored)
  local has_titles, breaks, wants_sums = is_stored, spec.split_columns, spec.subtotals
  for _, column in ipairs(columns) do
    has_titles = has_titles or column.title ~= nil
    breaks = breaks or column.break_before
    wants_sums = wants_sums or column.sum or column.carry
  end
  local shown = {
    rows = rows, has_header = spec.header ~= false and has_titles, repeats = spec.repeat_header ~= false,
    zebra = spec.zebra,
    style = style, over = over, is_plain = is_stored or type(rows) == "function", caption = spec.caption,
    source = require("briefpress.citation").text(spec.source, "table"), total = spec.total or nil,
    group = spec_of.group(spec.group), has_units = spec.units, wants_sums = wants_sums, rules = spec.rules,
    spanners = spec.spanners and require("briefpress.table_spanners").read(spec.spanners, columns),
    has_subtotals = spec.subtotals, notes = spec.notes,
    note_marks = spec.note_marks, cell_style = spec.cell_style, missing = spec.missing, divides = spec.split_rows,
  }
  local common = { space_before = spec.space_before or 12, space_after = spec.space_after or 16, id = spec.id,
    keep_with_next = spec.keep_with_next }
  if breaks and spec.split_columns ~= false then
    local copies = {}
    for i, column in ipairs(columns) do copies[i] = style_of.over(column, {}) end
    shown.may_split = { columns = copies, shown = style_of.over(shown, {}) }
  end
  return M.new(columns, shown, common)
end

return M
