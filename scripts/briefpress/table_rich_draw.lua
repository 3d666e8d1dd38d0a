--- How cells are drawn that are more than a text or a block: their grounds, their marks, and the lines between rows
--- that they do not let through.
local engine = require "briefpress.engine"
local decimals = require "briefpress.table_decimals"
local tags = require "briefpress.table_tags"

local M = {}

local HALF_GAP = 6 -- Between columns: a ground reaches to the middle.

--- Where row `r` begins with what stands above it.
local function top_of(self, r)
  local line = self.before and self.before[r]
  return line and line.top or self.tops[r]
end

--- Which cells are covered from above, by their place in the list.
local function covered_of(self)
  local columns, covered = #self.owner.columns, {}
  for at = 1, self.rows * columns do
    local cell = self.cells[at]
    if type(cell) == "table" and cell.is_rich and cell.rows > 1 then
      local c = (at - 1) % columns + 1
      for down = 1, cell.rows - 1 do
        for right = 0, cell.last - c do covered[at + down * columns + right] = true end
      end
    end
  end
  return covered
end

--- Hairlines between rows, where no cell goes on, and above sums.
function M.draw_rules(self, canvas, x, y)
  local plan, columns, covered = self.plan, #self.owner.columns, covered_of(self)
  local path, n = {}, 0
  local function add(left, right, level)
    path[n + 1], path[n + 2], path[n + 3] = "M", x + left, y + level
    path[n + 4], path[n + 5], path[n + 6] = "L", x + right, y + level
    n = n + 6
  end
  for r = 1, self.rows do
    local at, c = (r - 1) * columns, r > 1 and 1 or columns + 1
    while c <= columns do
      local from = c
      while c <= columns and not covered[at + c] do c = c + 1 end
      if c > from then
        add(from == 1 and 0 or plan.lefts[from] - HALF_GAP, c > columns and self.width or plan.lefts[c] - HALF_GAP,
          top_of(self, r))
      end
      while c <= columns and covered[at + c] do c = c + 1 end
    end
    local line = self.after and self.after[r]
    if line then add(0, self.width, line.top) end
  end
  if self.lead and self.rows > 0 then add(0, self.width, require("briefpress.table_lines").lead_line(self)) end
  if self.carried then add(0, self.width, self.carried.top) end
  if n > 0 then canvas:path(path, { stroke = self.faint, line_width = 0.3 }) end
end

--- The ground of every other row.
function M.draw_zebra(self, canvas, x, y)
  local before, tops = self.before, self.tops
  for r = 1, self.rows do
    if (self.first + r) % 2 == 1 then
      local above, below = before and before[r], before and r < self.rows and before[r + 1]
      local top, bottom = above and above.top or tops[r], below and below.top or tops[r + 1]
      canvas:rect(x, y + top, self.width, bottom - top, { fill = self.zebra })
    end
  end
end

--- Where row `r` ends, without what stands between it and the next.
local function bottom_of(self, r)
  local line = self.after and self.after[r]
  return line and line.top or (r < self.rows and top_of(self, r + 1)) or self.tops[self.rows + 1]
end

--- The grounds of cells that have one of their own.
function M.draw_fills(self, canvas, x, y)
  local columns = #self.owner.columns
  for at = 1, self.rows * columns do
    local cell = self.cells[at]
    if type(cell) == "table" and cell.fill then
      local r, c = (at - 1) // columns + 1, (at - 1) % columns + 1
      local left = c == 1 and 0 or cell.left - HALF_GAP
      local right = cell.last == columns and self.width or cell.left + cell.wide + HALF_GAP
      local bottom = bottom_of(self, math.min(r + cell.rows - 1, self.rows))
      canvas:rect(x + left, y + self.tops[r], right - left, bottom - self.tops[r], { fill = cell.fill })
    end
  end
end

--- A mark, which leads to its note.
local function draw_mark(self, canvas, cell, x, baseline)
  local mark, leading = cell.mark, self.plan.leading
  canvas:begin_tag "Reference"
  canvas:begin_tag "Link"
  local wide = canvas:text(mark.style, x, baseline, mark.text)
  canvas:link(x, baseline - leading * 0.75, wide, leading, mark.link, mark.text)
  canvas:end_tag()
  canvas:end_tag()
  if mark.note then canvas:reserve_tag(mark.note) end
end

--- The text of a cell that fits on a line, with its mark: before a figure, so that figures end alike, else behind.
function M.draw_line(self, canvas, cell, c, x, baseline)
  if cell.text == "" then return end
  local align, mark, set, indent, column = cell.align, cell.mark, cell.set, 0, self.owner.columns[c]
  if cell.is_decimal then indent = decimals.indent(self.cx, column, set, cell.text) end
  local left = x + cell.left
  if align == "right" then
    local right = left + cell.wide - indent
    local wide = tags.text(canvas, column, set, right, baseline, cell.text, "right")
    if mark then draw_mark(self, canvas, cell, right - wide - cell.mark_wide, baseline) end
    return
  end
  local wide = engine.text.width(set, cell.text)
  if align == "center" then left = left + (cell.wide - wide - cell.mark_wide) / 2 end
  tags.text(canvas, column, set, left, baseline, cell.text)
  if mark then draw_mark(self, canvas, cell, left + wide + 0.6, baseline) end
end

return M
