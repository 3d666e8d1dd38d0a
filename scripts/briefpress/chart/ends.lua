--- Direct labels at the right ends of lines and layers: the name of each series, its last value, or both, moved apart
--- where they would meet. What is moved far keeps a line to its end.
local engine = require "briefpress.engine"
local colors = require "briefpress.chart.colors"
local labels = require "briefpress.chart.labels"
local scale = require "briefpress.chart.scale"

local M = {}

M.AWAY = 8 -- From the plot to its labels.

local GAP, REACH = 3, 6

--- Sets the labels: `said[i]` is {name =, value =, mark =, color =}. Answers the room that they need at the right.
---@param width number             Of the chart.
---@return table[] set
---@return number room
function M.set(cx, said, width)
  local most = math.max(40, width * 0.32)
  local set, room = {}, 0
  for i, one in ipairs(said) do
    local color = colors.of_words(cx, one.color)
    local style = cx:style("chart_label", { color = color, weight = 600 })
    local parts = {}
    if one.value and one.value ~= "" then
      local text = labels.cut(style, one.value, most)
      parts[1] = { style = style, text = text, mark = text == one.value and one.mark or nil,
        width = engine.text.width(style, text) }
    end
    local paragraph, wide, height
    local plain = { color = color, weight = one.value and 400 or 500 }
    if one.name and one.name ~= "" then
      local left = most - (parts[1] and parts[1].width + 4 or 0)
      paragraph, wide, height = labels.paragraph(cx, one.name, "chart_label", plain, math.max(left, 24), "left", 2)
    end
    local leading = select(2, cx:style "chart_label").leading
    set[i] = { value = parts[1], paragraph = paragraph, name_width = wide or 0, leading = leading,
      room = paragraph and math.max(most - (parts[1] and parts[1].width + 4 or 0), 24) or 0,
      width = (parts[1] and parts[1].width or 0) + (parts[1] and paragraph and 4 or 0) + (paragraph and wide or 0),
      height = paragraph and height or leading, said = one.name and one.name ~= "" and one.name or one.value or "",
      color = one.color }
    room = math.max(room, set[i].width)
  end
  return set, room > 0 and math.ceil(room) + M.AWAY or 0
end

--- Places them: `ends[i]` is {x, y} of the end of series i (nil: it has none), `left` where the labels begin.
function M.place(plan, set, ends, left, low, high)
  local list = {}
  for i, label in ipairs(set) do
    if ends[i] and label.width > 0 then
      list[#list + 1] = { at = ends[i][2], size = label.height, label = label, point = ends[i], index = i }
    end
  end
  -- Where there are more than there is room for, those that came last give way.
  local sum = 0
  for i, one in ipairs(list) do
    sum = sum + one.size
    one.has_room = sum <= high - low
    if not one.has_room then plan.placer:drop(one.label.said) end
    one.order = i
  end
  local kept = {}
  for _, one in ipairs(list) do
    if one.has_room then kept[#kept + 1] = one end
  end
  table.sort(kept, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.order < b.order
  end)
  for _, one in ipairs(kept) do one.wanted = one.at end
  scale.spread(kept, low, high, 0)
  plan.ends = {}
  for _, one in ipairs(kept) do
    local label, top = one.label, one.at - one.label.height / 2
    -- Gives way to what the axes have written; a little up or down may do.
    for _, off in ipairs { 0, -2, 2, -4, 4, -7, 7 } do
      if plan.placer:is_free(left, top + off, left + label.width, top + off + label.height) then
        plan.placer:take(left, top + off, label.width, label.height)
        if off ~= 0 or math.abs(one.at - one.wanted) > 0.5 then plan.placer.moved = plan.placer.moved + 1 end
        plan.ends[#plan.ends + 1] = { label = label, left = left, top = top + off, point = one.point }
        goto placed
      end
    end
    plan.placer:drop(label.said)
    ::placed::
  end
end

--- Draws them; the plot's top left corner is at x, y.
function M.draw(plan, cx, canvas, x, y)
  local figure = require("briefpress.chart.frame").figure
  local baseline = cx:baseline "chart_label"
  for _, one in ipairs(plan.ends or {}) do
    local label, point = one.label, one.point
    local middle = one.top + label.leading / 2
    if math.abs(middle - point[2]) > 4 or one.left - point[1] > GAP + REACH + 2 then
      canvas:path({ "M", x + point[1] + 3, y + point[2], "L", x + one.left - REACH + 3, y + middle, "L",
        x + one.left - 2, y + middle },
        { stroke = colors.faded(label.color, 0.6), line_width = 0.4, join = "round" })
    end
    local left = x + one.left
    if label.value then
      figure(cx, canvas, label.value.style, left, y + one.top + baseline, label.value)
      left = left + label.value.width + 4
    end
    if label.paragraph then
      label.paragraph:layout(label.room)
      canvas:paragraph(label.paragraph, left, y + one.top)
    end
  end
end

return M
