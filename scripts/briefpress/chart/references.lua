--- Lines and bands that bars and dots are held against: limits, targets, ranges. They stand on the axis of the values,
--- whichever way it lies. A line is drawn above the marks, with an edge of paper where it crosses a bar, and stops at
--- the texts in its way. Where the values lie, labels stand above the rows, each touching its line; where they stand,
--- behind the right end.
local engine = require "briefpress.engine"
local labels = require "briefpress.chart.labels"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local scale = require "briefpress.chart.scale"
local max, min = math.max, math.min

local M = {}

M.known = options.define("chart.reference", {
  x = "any", y = "any", value = "any", label = "string", color = "color", dash = "boolean",
})

local COLOR = "text"          -- Of a line and its label; a band's ground is "accent_soft".
local BETWEEN, AWAY = 6, 6    -- Points between labels, and from the right end to a label.
local CLEAR = 1.5             -- What a line keeps from a text in its way.

--- References as {from, to (nil of a line), label, spec}; nil where there are none.
---@param on "x"|"y"             The axis of the values.
function M.read(self, on)
  local list = {}
  local other = on == "x" and "y" or "x"
  for i, given in ipairs(self.spec.references or {}) do
    local what = ("%s: reference %d"):format(self.name, i)
    options.expect(given, "table", what)
    options.read("chart.reference", given, M.known, true)
    if given[other] ~= nil then
      options.fail(("%s: the values are not on %s here; give value = (a number, or two of a band)"):format(what, other),
        self.place)
    end
    local value = given.value
    if value == nil then value = given[on] end
    local ends = type(value) == "table" and value or { value }
    if #ends < 1 or #ends > 2 then
      options.fail(what .. " needs value = (a number, or two of a band)", self.place)
    end
    for _, one in ipairs(ends) do
      if options.expect(one, "number", what .. ": value") - one ~= 0 then
        options.fail(what .. ": value must be finite", self.place)
      end
    end
    local from, to = ends[1], ends[2]
    if to and to < from then from, to = to, from end
    list[i] = { from = from, to = to, spec = given, label = given.label ~= "" and given.label or nil }
  end
  return #list > 0 and list or nil
end

--- A range of values, made so wide that all references are in it.
function M.widen(list, low, high)
  for _, one in ipairs(list or {}) do
    low, high = min(low, one.from), max(high, one.to or one.from)
  end
  return low, high
end

--- What an alternative text says of those with a label: "Limit: 20".
---@return string?
function M.said(list)
  local parts = {}
  for _, one in ipairs(list or {}) do
    if one.label then
      local said = engine.format.number(one.from)
      if one.to then said = phrase("alt_range", { from = said, to = engine.format.number(one.to) }) end
      parts[#parts + 1] = one.label .. phrase "colon" .. said
    end
  end
  return #parts > 0 and table.concat(parts, phrase "semicolon") or nil
end

local function middle_of(one, at)
  return one.to and (at(one.from) + at(one.to)) / 2 or at(one.from)
end

local function style_of(cx, one)
  return cx:style("chart_label", { color = one.spec.color or COLOR })
end

--- True where a label may stand: off those of its line, its own line off those below (unless it is cut short), the
--- lines of those above off it.
local function is_clear(placed, spot, is_short)
  for _, other in ipairs(placed) do
    if spot.row == other.row then
      if spot.left < other.right + BETWEEN and spot.right + BETWEEN > other.left then return false end
    else
      local low, high, has_line = other, spot, not is_short
      if spot.row < other.row then low, high, has_line = spot, other, not other.is_short end
      if has_line and high.at > low.left - 2 and high.at < low.right + 2 then return false end
    end
  end
  return true
end

--- Labels above rows: in the lowest line where they have room, at the middle of what they name or beside it.
---@param at fun(value:number):number  Points from the left edge of the chart.
---@return table laid             For `M.draw_head`, and `M.draw_upright`.
---@return number height
function M.head(cx, list, at, width)
  local _, token = cx:style "chart_label"
  local laid, order = { rows = 0, leading = token.leading }, {}
  for i, one in ipairs(list) do
    if one.label then order[#order + 1] = { one = one, at = middle_of(one, at), index = i } end
  end
  table.sort(order, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.index < b.index
  end)
  for _, spot in ipairs(order) do
    spot.style = style_of(cx, spot.one)
    spot.text = labels.cut(spot.style, spot.one.label, width)
    local wide = engine.text.width(spot.style, spot.text)
    local function try(is_short)
      for row = 0, #laid do
        for _, left in ipairs { spot.at - wide / 2, spot.at - wide, spot.at } do
          spot.row, spot.left = row, min(max(left, 0), width - wide)
          spot.right = spot.left + wide
          if is_clear(laid, spot, is_short) then return true end
        end
      end
    end
    if not try(false) then
      try(true) -- A line of labels above all others always has room.
      spot.is_short = true
    end
    laid[#laid + 1] = spot
    laid.rows = max(laid.rows, spot.row + 1)
  end
  laid.height = laid.rows > 0 and laid.rows * token.leading + 3 or 0
  return laid, laid.height
end

--- Draws them; `y` is the top of the head.
function M.draw_head(laid, cx, canvas, x, y)
  for _, spot in ipairs(laid) do
    canvas:text(spot.style, x + spot.left, y + (laid.rows - 1 - spot.row) * laid.leading + cx:baseline "chart_label",
      spot.text)
  end
end

--- Draws a line from `low` to `high`, upright at x = `at` or level at y = `at`, between the boxes in its way.
---@param boxes number[][]         {left, top, right, bottom} of texts.
---@param rects number[][]         {left, top, width, height} of bars.
local function draw_line(cx, canvas, one, at, low, high, is_upright, boxes, rects)
  local across, along = is_upright and 1 or 2, is_upright and 2 or 1
  local function stroke(from, to, paint)
    if is_upright then canvas:line(at, from, at, to, paint) else canvas:line(from, at, to, at, paint) end
  end
  local stops = {}
  for _, box in ipairs(boxes) do
    if at > box[across] - CLEAR and at < box[across + 2] + CLEAR then
      stops[#stops + 1] = { box[along] - CLEAR, box[along + 2] + CLEAR }
    end
  end
  table.sort(stops, function(a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    return a[2] < b[2]
  end)
  local parts, from = {}, low
  for _, stop in ipairs(stops) do
    if min(stop[1], high) > from + 0.5 then parts[#parts + 1] = { from, min(stop[1], high) } end
    from = max(from, stop[2])
  end
  if high > from + 0.5 then parts[#parts + 1] = { from, high } end
  local edge = { stroke = cx:color "paper", line_width = 2.2 }
  for _, rect in ipairs(rects) do
    if at > rect[across] and at < rect[across] + rect[across + 2] then
      for _, part in ipairs(parts) do
        local first, last = max(part[1], rect[along]), min(part[2], rect[along] + rect[along + 2])
        if last > first then stroke(first, last, edge) end
      end
    end
  end
  local paint = { stroke = cx:color(one.spec.color or COLOR), line_width = 0.8,
    dash = one.spec.dash ~= false and { 3, 2 } or nil }
  for _, part in ipairs(parts) do stroke(part[1], part[2], paint) end
end

--- The ground of bands, below the marks.
---@param at fun(value:number):number  Points on the page.
---@param is_upright boolean       The values lie, the edges of bands stand.
function M.draw_bands(cx, canvas, list, at, low, high, is_upright)
  for _, one in ipairs(list) do
    if one.to then
      local fill = cx:color(one.spec.color or "accent_soft")
      if one.spec.color then fill = require("briefpress.chart.colors").faded(fill, 0.15) end
      local a, z = min(at(one.from), at(one.to)), max(at(one.from), at(one.to))
      if is_upright then
        canvas:rect(a, low, z - a, high - low, { fill = fill })
      else
        canvas:rect(low, a, high - low, z - a, { fill = fill })
      end
    end
  end
end

--- Upright lines, each from its label (or the foot of the head, at `top`) to `bottom`; all on the page.
function M.draw_upright(cx, canvas, list, laid, at, top, bottom, boxes, rects)
  local starts = {}
  for _, spot in ipairs(laid) do
    starts[spot.one] = top - (spot.is_short and 0 or 3 + spot.row * laid.leading - 1)
  end
  for _, one in ipairs(list) do
    if not one.to then draw_line(cx, canvas, one, at(one.from), starts[one] or top, bottom, true, boxes, rects) end
  end
end

--- Level lines, from `left` to `right`; all on the page.
function M.draw_level(cx, canvas, list, at, left, right, boxes, rects)
  for _, one in ipairs(list) do
    if not one.to then draw_line(cx, canvas, one, at(one.from), left, right, false, boxes, rects) end
  end
end

--- Labels behind the right end, in lines that are short: what they take of the width.
---@return table side
---@return number room
function M.side(cx, list, width)
  local side, widest, longest = {}, 0, 0
  for _, one in ipairs(list) do
    if one.label then
      local style = style_of(cx, one)
      widest = max(widest, engine.text.width(style, one.label))
      for word in one.label:gmatch "%S+" do longest = max(longest, engine.text.width(style, word)) end
    end
  end
  if widest == 0 then return side, 0 end
  local room = math.ceil(min(widest, max(width * 0.22, min(longest, width * 0.34)))) + 0.5
  local wide = 0
  for _, one in ipairs(list) do
    if one.label then
      local part = { one = one }
      part.paragraph, part.width, part.height = labels.paragraph(cx, one.label, "chart_label",
        { color = one.spec.color or COLOR }, room, "left", 4)
      wide = max(wide, part.width)
      side[#side + 1] = part
    end
  end
  side.measure = room
  return side, wide > 0 and wide + AWAY or 0
end

--- Hands these labels to the placer: at the height of what they name, or as near as they keep apart.
---@param at fun(value:number):number  Points from the top edge of the chart.
---@param right number             Where the lines end.
function M.add_side(side, placer, at, right, top, bottom)
  local spots = {}
  for i, part in ipairs(side) do
    if part.paragraph then
      local y = middle_of(part.one, at)
      spots[#spots + 1] = { at = y, y = y, size = part.height, part = part, index = i }
    else
      placer:drop(part.one.label)
    end
  end
  table.sort(spots, function(a, b)
    if a.y ~= b.y then return a.y < b.y end
    return a.index < b.index
  end)
  scale.spread(spots, top, bottom, 1)
  for _, spot in ipairs(spots) do
    local part = spot.part
    placer:add { paragraph = part.paragraph, measure = side.measure, width = part.width, height = part.height,
      said = part.one.label, at = { { right + AWAY, spot.at - spot.size / 2 } }, priority = math.huge,
      leader = { right + 2, spot.y } }
  end
end

return M
