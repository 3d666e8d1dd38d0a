--- Cells that are more than a text or a block: with a note, a style of their own by a function of the cell, or over
--- several columns or rows. Made for the tables that have some; the others do not load this.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local cells = require "briefpress.table_cells"
local contrast = require "briefpress.contrast"
local kind = require "briefpress.kind"
local notes = require "briefpress.table_notes"
local options = require "briefpress.options"
local styles = require "briefpress.style"
local text_width = engine.text.width

local M = {}

local PAD = 3.5 -- Above and below the text of a row.

local known_look = options.define("table.cell_style", {
  color = "color", fill = "color", weight = "number", italic = "boolean", size = "number",
})
local known_cell = options.define("table.cell", {
  columns = "count", rows = "count", note = "string", align = { "left", "right", "center" }, color = "color",
  fill = "color", weight = "number", italic = "boolean", size = "number",
})

local Rich = {}
Rich.__index = Rich

local function new(self, column, value)
  local rich = setmetatable({ is_rich = true, owner = self, column = column, columns = 1, rows = 1 }, Rich)
  if type(value) == "string" then rich.text = value else rich.block = value end
  return rich
end

--- A cell of the layout: a table of its value and what else there is to say.
function M.read(self, column, spec)
  options.read("table: a cell", spec, known_cell, true)
  local value, has_markup = spec[1], false
  if spec[2] ~= nil then options.fail("table: a cell is one value; what else it says has names", self.place) end
  if type(value) == "table" and not getmetatable(value) and not block.is(value) then
    options.fail("table: a cell is one value, found a list", self.place)
  end
  local written = column.write(value)
  if type(written) == "string" and type(value) == "string" then
    has_markup = not self.is_plain and written:find("[{*`%[^~]") ~= nil
  elseif kind.of(written) == "indicator" then
    written, has_markup = "{" .. written.id .. "}", true
  end
  local rich = new(self, column, written)
  if has_markup then rich.source, rich.text = written, nil end
  rich.note, rich.align = spec.note, spec.align
  rich.columns, rich.rows = math.max(1, spec.columns or 1), math.max(1, spec.rows or 1)
  for key in next, known_look do
    if spec[key] ~= nil then
      rich.look = rich.look or {}
      rich.look[key] = spec[key]
    end
  end
  return rich
end

--- A cell whose column formats its values.
function M.formatted(self, column, spec, format, row)
  local text = format(spec[1], row)
  if type(text) ~= "string" then
    options.fail(('table: format of column "%s" must give a string, got a %s')
      :format(column.title or "?", type(text)), self.place)
  end
  local copy = styles.over(spec, { text })
  local rich = M.read(self, column, copy)
  rich.text, rich.source, rich.block = text, nil, nil
  return rich
end

local function check_look(self, look)
  if look == nil or look == false then return nil end
  if type(look) ~= "table" then
    options.fail(("table: cell_style must give a table like { color = \"accent\" } or nothing, got a %s")
      :format(type(look)), self.place)
  end
  return options.read("table: cell_style", look, known_look, true)
end

--- What gives a cell of a column with functions for style and notes; `inner` is what it gives without.
function M.printer(self, column, inner)
  local read, row_at = column.read, self.row_at
  local own, all, note_of = column.cell_style, self.cell_style, column.cell_note
  local key = column.key or column.position
  return function(i)
    local made = inner(i)
    local value = read(i)
    if type(value) == "table" and cells.is_rich(value) then value = value[1] end
    local row = row_at(i)
    local look = all and check_look(self, all(value, row, key))
    local over = own and check_look(self, own(value, row))
    if over then look = look and styles.over(look, over) or over end
    local note = note_of and note_of(value, row) or nil
    if note ~= nil and type(note) ~= "string" then
      options.fail(("table: cell_note must give a text or nothing, got a %s"):format(type(note)), self.place)
    end
    if not look and not note then return made end
    if type(made) ~= "table" or not made.is_rich then
      local source = type(made) == "table" and type(made.source) == "string" and made.prepare and made.source
      made = new(self, column, made)
      if source then made.source, made.block = source, nil end
    end
    made.note = made.note or note
    made.look = look and (made.look and styles.over(look, made.look) or look) or made.look
    return made
  end
end

--- The overrides of its style.
local function overrides(self, column, look)
  local over = cells.overrides(self, column)
  if not look then return over end
  return styles.over(over, { color = look.color, weight = look.weight, italic = look.italic, size = look.size })
end

--- A marked-up text as a block, with its mark.
local function text_block(self, rich, align, mark)
  local source, column = rich.source, rich.column
  if mark then
    mark = ("^%s^"):format(require("briefpress.inline").escape(mark))
    -- The joiner is a letter for the mark to stand on, and keeps it on the line.
    source = align == "right" and "\u{2060}" .. mark .. "\u{2060}" .. source or source .. "\u{2060}" .. mark
  end
  local spec = overrides(self, column, rich.look)
  spec = styles.over(spec, { style = column.style or self.style, align = align })
  return require("briefpress.text").new(source, spec)
end

--- What it wants of the width of its column; one that covers several is as wide as these.
function Rich:measure(cx, width)
  if self.columns > 1 then return 0, 0 end
  local owner, column = self.owner, self.column
  if self.source then
    local made = text_block(owner, self, column.align)
    return made:measure(cx, width)
  end
  if self.block then return self.block:measure(cx, width) end
  local set, token = cx:style(column.style or owner.style, overrides(owner, column, self.look))
  local wide, least = text_width(set, self.text), 0
  for word in self.text:gmatch("%S+") do least = math.max(least, text_width(set, word)) end
  if self.text:find("[\227-\237]") then least = math.min(least, token.size * 2.2) end
  local extra = self.note and text_width(notes.span(cx, set, token, "m").style, "m") + 1 or 0
  return least + extra, wide + extra
end

--- Lays the cell out in column `c`. Answers what is drawn, and its height, which is of no matter to its row where it
--- goes over several.
function M.lay(self, cx, plan, c, rich)
  local column, last = self.columns[c], math.min(c + rich.columns - 1, #self.columns)
  local left = plan.lefts[c]
  local wide = plan.lefts[last] + plan.wides[last] - left
  local align = rich.align or (last > c and "left") or column.align
  local set, token = cx:style(column.style or self.style, overrides(self, column, rich.look))
  local mark, target
  if rich.note then mark, target = notes.mark(self, cx, rich.note) end
  local fill = rich.look and rich.look.fill and cx:color(rich.look.fill)
  local cell = { is_rich = true, set = set, left = left, wide = wide, align = align, fill = fill, last = last,
    rows = rich.rows, target = target, is_decimal = column.is_decimal and not rich.align and last == c }
  local ground, height = cx.ground, plan.leading
  if fill then
    self.shared.has_fills = true
    cx.ground = fill
    contrast.check(cx, token, self.place)
  elseif rich.look and rich.look.color then
    contrast.check(cx, token, self.place)
    if self.zebra then contrast.check(cx, token, self.place, cx:color "accent_soft") end
  end
  if rich.text then
    local span = mark and notes.span(cx, set, token, mark, target, not column.stub)
    local extra = span and text_width(span.style, mark) + 0.6 or 0
    if text_width(set, rich.text) + extra <= wide + 0.01 then
      cell.text, cell.mark, cell.mark_wide = rich.text, span, extra
    else
      local spans = { { style = set, text = rich.text } }
      if span then table.insert(spans, align == "right" and 1 or 2, span) end
      cell.mark = span
      cell.paragraph = cx.paragraph(spans, token, align, plan.leading)
      local _, total = cell.paragraph:layout(wide)
      height = total
    end
  else
    if mark and not rich.source then
      options.fail("table: a cell with a note must be a text or a number", self.place)
    end
    local made = rich.source and text_block(self, rich, align, mark) or rich.block
    local fragment, rest = made:layout(cx, wide, 1e6)
    if not fragment or rest then options.fail("table: a block in a cell must fit into its column", self.place) end
    cell.fragment, cell.block, height = fragment, made, fragment.height
  end
  cx.ground = ground
  cell.height = height
  return cell, height
end

--- True of a row with cells that cover others.
function M.has_spans(list, at, columns)
  for c = 1, columns do
    local cell = list[at + c]
    if type(cell) == "table" and cell.is_rich and (cell.last > c or cell.rows > 1) then return true end
  end
  return false
end

--- Empties what the cells of a row cover: those of the same row, and of earlier ones through `open`, which says by
--- column for how many rows to come. Answers how many rows are still covered behind this one.
local function cover(list, at, columns, open)
  local most, c = 0, 1
  while c <= columns do
    local above, cell, last = open[c] or 0, list[at + c], c
    if above > 0 then
      list[at + c], open[c] = false, above - 1
    elseif type(cell) == "table" and cell.is_rich then
      last = cell.last
      for covered = c, last do
        if covered > c then list[at + covered] = false end
        open[covered] = cell.rows - 1
      end
    end
    for covered = c, last do most = math.max(most, open[covered] or 0) end
    c = last + 1
  end
  return most
end

--- A row with cells that cover others, or that are covered: empties these, and answers the row's height, which grows
--- in the last row that a cell covers where that cell is higher than its rows.
---@param open table               What goes on from row to row; its `is_open` says whether rows still belong together.
---@return number height
function M.join(fragment, at, columns, open, top, height)
  fragment.tall[at] = true
  local tallest = open.tallest or {}
  open.tallest = tallest
  local left = cover(fragment.cells, at, columns, open)
  for c = 1, columns do
    local cell = fragment.cells[at + c]
    if type(cell) == "table" and cell.is_rich and cell.rows > 1 then
      tallest[#tallest + 1] = { cell = cell, top = top, rows = cell.rows }
    end
  end
  local bottom = top + height
  for _, one in ipairs(tallest) do
    if one.rows == 1 then
      bottom = math.max(bottom, one.top + one.cell.height + 2 * PAD)
    end
    one.rows = one.rows - 1
  end
  for _, one in ipairs(tallest) do
    if one.rows == 0 then one.cell.full = bottom - one.top end
  end
  open.is_open = left > 0
  return bottom - top
end

return M
