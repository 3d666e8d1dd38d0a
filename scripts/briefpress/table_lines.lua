--- The lines of a table that are no rows of its data: the headings of groups, and the drawing of these and of sums,
--- which table_carry.lua makes.
local engine = require "briefpress.engine"
local cells = require "briefpress.table_cells"
local phrase = require("briefpress.phrase").phrase
local text_width = engine.text.width

local M = {}

local PAD = 3.5

--- A line with words over its first `span` columns.
function M.line_of(self, cx, plan, words, span, over)
  local set, token = cx:style(self.style, over)
  local left = plan.lefts[1]
  local wide = plan.lefts[span] + plan.wides[span] - left
  local line = { set = set, text = words, span = span, height = plan.single }
  if text_width(set, words) > wide + 0.01 then
    line.paragraph, line.wide = cx.paragraph({ { style = set, text = words } }, token, "left", plan.leading), wide
    local _, height = line.paragraph:layout(wide)
    line.height = height + 2 * PAD
  end
  return line
end

--- The heading of a group; `is_continued` where it stands there again, after a page break.
function M.heading(self, cx, plan, group, is_continued)
  local words = tostring(group)
  if is_continued then words = phrase("continued_title", { title = words }) end
  local line = M.line_of(self, cx, plan, words, #self.columns, cells.strong(self))
  line.is_heading, line.is_artifact = true, is_continued
  return line
end

--- The heading above row `i` and the sums below it, where a group begins or ends there.
function M.of_group(self, cx, plan, group, last_group, next_group)
  local before, after
  if group ~= last_group and group and group ~= "" then
    before = M.heading(self, cx, plan, group)
  end
  if self.has_subtotals and group ~= next_group and group and group ~= "" then
    after = require("briefpress.table_carry").sum(self, cx, plan, "subtotal", group)
  end
  return before, after
end

--- Where the line below what was brought forward stands: above the heading of a group, else above the first row.
function M.lead_line(self)
  local heading = self.lead[2] or self.before and self.before[1]
  return heading and heading.top or self.tops[1]
end

--- The heights at which hairlines stand: above each row but the first, or above groups; above and below sums.
function M.hairlines(self)
  local before, after, rules, list = self.before, self.after, self.owner.rules, {}
  for r = 1, rules ~= "none" and self.rows or 0 do
    local line = before and before[r]
    if r > 1 and (rules ~= "groups" or line) then list[#list + 1] = line and line.top or self.tops[r] end
    line = after and after[r]
    if line then list[#list + 1] = line.top end
  end
  if self.rows > 0 then
    if self.lead then list[#list + 1] = M.lead_line(self) end
    if self.carried then list[#list + 1] = self.carried.top end
  end
  return list
end

local function draw_words(plan, canvas, line, x, y)
  if line.paragraph then
    line.paragraph:layout(line.wide)
    canvas:paragraph(line.paragraph, x + plan.lefts[1], y + PAD)
  else
    canvas:text(line.set, x + plan.lefts[1], y + plan.baseline, line.text)
  end
end

local function draw_value(self, plan, canvas, line, c, x, y)
  local column, text = self.columns[c], line.texts and line.texts[c]
  if not text then return end
  local indent = 0
  if column.is_decimal then
    indent = require("briefpress.table_decimals").indent(nil, column, line.set, text)
  end
  require("briefpress.table_tags").text(canvas, column, line.set, x + plan.offsets[c] - indent, y + plan.baseline, text,
    column.align)
end

--- Draws a line with its top at y. `id` is the name of the heading of a group, which is read with it even where it
--- stands there again.
function M.draw(self, plan, canvas, line, x, y, id)
  local columns = #self.columns
  if line.is_artifact and not id then
    canvas:begin_artifact("Pagination")
    draw_words(plan, canvas, line, x, y)
    for c = line.span + 1, columns do draw_value(self, plan, canvas, line, c, x, y) end
    canvas:end_artifact()
    return
  end
  canvas:begin_tag("TR")
  canvas:begin_tag("TH", { scope = "Row", column_span = line.span > 1 and line.span or nil, id = id })
  draw_words(plan, canvas, line, x, y)
  canvas:end_tag()
  for c = line.span + 1, columns do
    canvas:begin_tag("TD")
    draw_value(self, plan, canvas, line, c, x, y)
    canvas:end_tag()
  end
  canvas:end_tag()
end

return M
