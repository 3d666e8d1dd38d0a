--- One placer for the labels of all charts. A chart hands in the boxes that are taken (texts of its axes) or better
--- kept free (marks), and its labels, each with the places it may stand at, best first. Labels that matter most
--- choose first; each takes the place with the fewest marks under it that is inside of the chart and off every text.
--- One that finds none is dropped: `check` tells which.
---
--- Lengths are points from the top left corner of the plot. Boxes are sorted into rows, so that a label meets only
--- those near to it.
local engine = require "briefpress.engine"
local options = require "briefpress.options"
local floor, max, min = math.floor, math.max, math.min

local M = {}

local ROW = 16         -- Height of the rows that boxes are sorted into.
local ABOVE, BELOW = 0.88, 0.25 -- Of the size: what a line of text takes above and below its baseline.
local MOVE = 1         -- What a place further down the list costs, in square points of marks under the label.

---@class briefpress.chart.Label
---@field text? string             With `style`; or
---@field paragraph? engine.Paragraph  with width and height; `measure` is the width that its lines were made for.
---@field at table[]               Places.
---@field priority? number         The greater, the earlier it chooses: 0.
---@field mark? integer            Of the ledger.
---@field limit? number            Part of it that marks may cover, else it is dropped.
---@field said? string             The words whole, where `text` is cut.
---@field leader? number[]         The point that a line leads to.

local Placer = {}
Placer.__index = Placer

--- A placer for a plot of a size.
---@param width number
---@param height number
---@return table
function M.new(width, height)
  return setmetatable({ width = width, height = height, texts = {}, marks = {}, waiting = {}, placed = {}, moved = 0,
    dropped = {} }, Placer)
end

--- True where two boxes meet. What only touches does not.
function M.meets(left, top, right, bottom, box)
  return left < box[3] - 0.01 and right > box[1] + 0.01 and top < box[4] - 0.01 and bottom > box[2] + 0.01
end

local function sort_in(rows, box)
  for row = floor(box[2] / ROW), floor(box[4] / ROW) do
    local list = rows[row]
    if list then list[#list + 1] = box else rows[row] = { box } end
  end
end

--- A box that a text has already taken.
function Placer:take(left, top, width, height)
  sort_in(self.texts, { left, top, left + width, top + height })
end

--- A box of a mark that labels keep off where they can.
function Placer:avoid(left, top, width, height)
  sort_in(self.marks, { min(left, left + width), min(top, top + height), max(left, left + width),
    max(top, top + height) })
end

--- A line of marks, as boxes along it.
function Placer:avoid_line(x1, y1, x2, y2)
  local steps = max(1, math.ceil(max(math.abs(x2 - x1), math.abs(y2 - y1)) / 6))
  for i = 1, steps do
    local a, b = (i - 1) / steps, i / steps
    self:avoid(x1 + (x2 - x1) * a, y1 + (y2 - y1) * a - 0.5, (x2 - x1) / steps, (y2 - y1) * (b - a) + 1)
  end
end

--- True where no text stands in a box, and it is inside of the plot.
function Placer:is_free(left, top, right, bottom)
  if left < -0.01 or top < -0.01 or right > self.width + 0.01 or bottom > self.height + 0.01 then return false end
  for row = floor(top / ROW), floor(bottom / ROW) do
    for _, box in ipairs(self.texts[row] or {}) do
      if M.meets(left, top, right, bottom, box) then return false end
    end
  end
  return true
end

--- Square points of marks in a box.
local function covered(self, left, top, right, bottom)
  local sum, seen = 0, {}
  for row = floor(top / ROW), floor(bottom / ROW) do
    for _, box in ipairs(self.marks[row] or {}) do
      if not seen[box] and M.meets(left, top, right, bottom, box) then
        seen[box] = true
        sum = sum + 2 + (min(right, box[3]) - max(left, box[1])) * (min(bottom, box[4]) - max(top, box[2]))
      end
    end
  end
  return sum
end

--- What a line of text takes above and below its baseline.
---@param style engine.Style
function M.extent(style)
  return style.size * ABOVE, style.size * BELOW
end

--- A label to be placed. `at` are the places it may stand at, best first: {x, baseline, align}, of a paragraph {left,
--- top}.
---@param label briefpress.chart.Label
function Placer:add(label)
  if label.paragraph then
    label.room = label.height
  else
    label.width = label.width or engine.text.width(label.style, label.text)
    label.above, label.below = M.extent(label.style)
  end
  label.order = #self.waiting + 1
  self.waiting[#self.waiting + 1] = label
  return label
end

--- The box of a label at one of its places.
local function box_of(label, place)
  if label.paragraph then return place[1], place[2], place[1] + label.width, place[2] + label.height end
  local left = place[1]
  if place[3] == "right" then
    left = left - label.width elseif place[3] == "center" then left = left - label.width / 2
  end
  return left, place[2] - label.above, left + label.width, place[2] + label.below
end

--- Takes the best place for a label; nil where none is left.
local function place(self, label)
  local best, best_cost
  for i, candidate in ipairs(label.at) do
    local left, top, right, bottom = box_of(label, candidate)
    if self:is_free(left, top, right, bottom) then
      local marks = covered(self, left, top, right, bottom)
      local cost = marks + (i - 1) * MOVE
      if label.limit and marks > label.limit * (right - left) * (bottom - top) then cost = math.huge end
      if cost < math.huge and (not best or cost < best_cost) then best, best_cost = i, cost end
      if cost == 0 then break end
    end
  end
  if not best then return nil end
  local left, top, right, bottom = box_of(label, label.at[best])
  sort_in(self.texts, { left, top, right, bottom })
  label.place, label.box = label.at[best], { left, top, right, bottom }
  return best
end

--- Places all labels that wait. What matters more goes first, else what came first.
function Placer:solve()
  table.sort(self.waiting, function(a, b)
    local first, second = a.priority or 0, b.priority or 0
    if first ~= second then return first > second end
    return a.order < b.order
  end)
  for _, label in ipairs(self.waiting) do
    local at = place(self, label)
    if at then
      self.placed[#self.placed + 1] = label
      if at > 1 then self.moved = self.moved + 1 end
    else
      self:drop(label.said or label.text)
    end
  end
  self.waiting = {}
  table.sort(self.placed, function(a, b) return a.order < b.order end)
end

--- Notes a label that is not drawn.
function Placer:drop(text)
  self.dropped[#self.dropped + 1] = text or ""
end

--- Draws what was placed; the plot's top left corner is at x, y.
function Placer:draw(cx, canvas, x, y)
  local figure = require("briefpress.chart.frame").figure
  for _, label in ipairs(self.placed) do
    local at = label.place
    if label.leader then
      local box, to = label.box, label.leader
      local from_x, from_y = max(box[1] - 1, min(to[1], box[3] + 1)), max(box[2], min(to[2], box[4]))
      if math.abs(from_x - to[1]) + math.abs(from_y - to[2]) > 3 then
        canvas:line(x + from_x, y + from_y, x + to[1], y + to[2], { stroke = cx:color "muted", line_width = 0.4 })
      end
    end
    if label.paragraph then
      label.paragraph:layout(label.measure or label.width)
      canvas:paragraph(label.paragraph, x + at[1], y + at[2])
    else
      figure(cx, canvas, label.style, x + at[1], y + at[2], label, at[3])
    end
  end
end

--- Tells `check` of what was dropped; a rendering says nothing.
---@param what string               The chart: "chart.line".
function Placer:tell(what, place_of)
  local count = #self.dropped
  if count == 0 then return end
  local first = {}
  for i = 1, min(count, 3) do first[i] = '"' .. self.dropped[i] .. '"' end
  engine.report("note", ("%s: no room for %s %s%s; make the chart larger, or label less"):format(what,
    count == 1 and "the label" or count .. " labels:", table.concat(first, ", "), count > 3 and " ..." or ""), place_of)
end

--- Text cut to a width, with an ellipsis; the text itself where it fits.
---@param style engine.Style
---@param text string
---@param width number
---@return string
---@return boolean is_cut
function M.cut(style, text, width)
  if engine.text.width(style, text) <= width then return text, false end
  local ends = {}
  for at in text:gmatch("()[^\128-\191]") do ends[#ends + 1] = at - 1 end
  local low, high = 0, #ends - 1
  while low < high do
    local middle = (low + high + 1) // 2
    local part = text:sub(1, ends[middle + 1]):gsub("%s+$", "")
    if engine.text.width(style, part .. "…") <= width then low = middle else high = middle - 1 end
  end
  if low == 0 then return "", true end
  return (text:sub(1, ends[low + 1]):gsub("%s+$", "")) .. "…", true
end

--- Text whose words all fit a width, as they are or divided by the language's hyphens; others are cut.
---@return string
function M.words(style, text, width)
  return (text:gsub("[^%s]+", function(word)
    if engine.text.width(style, word) <= width then return nil end
    local paragraph = engine.text.paragraph { spans = { { style = style, text = word } } }
    for i = 1, (paragraph:layout(width)) do
      if paragraph:line(i).width > width + 0.01 then return (M.cut(style, word, width)) end
    end
  end))
end

--- A label as a paragraph of lines of at most `width`; words that no line holds are cut. Nil where nothing fits.
---@return engine.Paragraph? paragraph
---@return number width           Of its longest line.
---@return number height
---@return integer lines
function M.paragraph(cx, text, name, over, width, align, lines_most)
  local style, token = cx:style(name, over)
  local function make(words)
    local made = engine.text.paragraph { spans = { { style = style, text = words } }, leading = token.leading,
      align = align or "left" }
    local lines, height = made:layout(width)
    local wide = 0
    for i = 1, lines do wide = max(wide, made:line(i).width) end
    return made, wide, height, lines
  end
  local made, wide, height, lines = make(text)
  if wide > width + 0.01 or (lines_most and lines > lines_most) then
    local kept = M.cut(style, text, width)
    if kept == "" then return nil, 0, 0, 0 end
    made, wide, height, lines = make(kept)
    if wide > width + 0.01 then return nil, 0, 0, 0 end
  end
  return made, wide, height, lines
end

--- Raises where a layout hands in labels that are none.
function M.expect_text(text, what, place_of)
  if type(text) ~= "string" then options.fail(what .. " must be a text, got a " .. type(text), place_of) end
  return text
end

return M
