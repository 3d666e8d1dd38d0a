--- What charts with two axes share: where the plot stands in the chart, the axes with their ticks and titles, lines
--- and bands of reference, annotations. A chart lays its plane out, adds its own labels to the placer, and draws its
--- marks between the ground and the front.
local axis = require "briefpress.chart.axis"
local engine = require "briefpress.engine"
local labels = require "briefpress.chart.labels"
local legend = require "briefpress.chart.legend"
local options = require "briefpress.options"
local scale = require "briefpress.chart.scale"
local max, min, floor = math.max, math.min, math.floor

local M = {}

--- Options of every chart on a plane.
M.known = { x_axis = "table", y_axis = "table", references = "table", annotations = "table" }

local known_annotation = options.define("chart.annotation", { x = "any", y = "number", text = "string",
  color = "color" })

local Plan = {}
Plan.__index = Plan

--- Points from the left edge of the chart, of a value on the horizontal axis.
function Plan:px(value)
  return self.left + self.x:at(value) * self.w
end

--- Points from the top edge of the chart, of a value on the vertical axis.
function Plan:py(value)
  return self.top + (1 - self.y:at(value)) * self.h
end

local TICK_GAP, FOOT_GAP, BETWEEN = 6, 5, 6

--- A value that a layout gives for the horizontal axis, as a number on it.
local function x_of(self, given, how, what)
  if how.x_kind == "category" then
    for i, name in ipairs(how.categories) do
      if name == tostring(given) then return i end
    end
    local near = engine.nearest(tostring(given), how.categories)
    options.fail(('%s: %s: there is no "%s" on the horizontal axis%s'):format(self.name, what, tostring(given),
      near and ('; did you mean "%s"?'):format(near) or ""), self.place)
  end
  local value = type(given) == "number" and given or type(given) == "string" and scale.years(given)
  if not value then options.fail(("%s: %s: x must be a number or a date"):format(self.name, what), self.place) end
  return value
end

--- References as {axis, from, to (nil of a line), spec}; they widen the part of the axes that is shown.
local function read_references(self, how)
  local list, all = {}, how.references or self.spec.references or {}
  local known = #all > 0 and require("briefpress.chart.references").known
  for i, given in ipairs(all) do
    options.expect(given, "table", ("%s: reference %d"):format(self.name, i))
    options.read("chart.reference", given, known, true)
    local on = given.value ~= nil and how.value_on or given.y ~= nil and "y" or "x"
    if given.value ~= nil and not how.value_on then
      options.fail(("%s: reference %d: both axes have values; give x or y"):format(self.name, i), self.place)
    end
    local value = given.value
    if value == nil then value = given[on] end
    if value == nil then options.fail(("%s: reference %d needs x or y"):format(self.name, i), self.place) end
    local ends = type(value) == "table" and value or { value }
    local from, to
    for k, one in ipairs(ends) do
      local number = one
      if on == "x" then number = x_of(self, one, how, "reference") end
      options.expect(number, "number", ("%s: reference %d: %s"):format(self.name, i, on))
      if k == 1 then from = number else to = number end
      if on == "y" then
        how.y_low, how.y_high = min(how.y_low, number), max(how.y_high, number)
      else
        how.x_low, how.x_high = min(how.x_low, number), max(how.x_high, number)
      end
    end
    if to and to < from then from, to = to, from end
    list[i] = { on = on, from = from, to = to, spec = given }
  end
  return list
end

--- Ticks of the vertical axis that keep their distance.
local function make_y(self, spec, how, tall, leading)
  if how.y_kind == "log" then return axis.log(self, spec, how.y_low, how.y_high, max(2, floor(tall / 24))) end
  for wanted = max(2, min(7, floor(tall / 26) + 1)), 2, -1 do
    local made = axis.number(self, spec, how.y_low, how.y_high, wanted, true, how.y_whole)
    if wanted == 2 or #made.ticks < 2 or tall / (#made.ticks - 1) >= leading then return made end
  end
end

--- The middle of a label at a tick, moved so that it stays in the chart.
local function inside(middle, wide, width)
  return min(max(middle, wide / 2), width - wide / 2)
end

--- True where the labels of ticks keep their distance.
local function keep_apart(plan, made, style, width)
  local edge = -math.huge
  for _, tick in ipairs(made.ticks) do
    local wide = engine.text.width(style, tick.text)
    local middle = inside(plan.left + made:at(tick.value) * plan.w, wide, width)
    if middle - wide / 2 < edge + BETWEEN then return false end
    edge = middle + wide / 2
  end
  return true
end

local function make_x(self, plan, spec, how, style, width)
  if how.x_kind == "category" then return axis.category(self, spec, how.categories, how.is_open) end
  local build = how.x_kind == "time" and axis.time or how.x_kind == "log" and axis.log or axis.number
  local made
  local part, least = how.x_whole, 26
  if how.x_kind == "time" then part, least = self.x_part, self.x_part == "year" and 26 or 20 end
  for most = max(2, min(13, floor(plan.w / least) + 1)), 2, -1 do
    made = build(self, spec, how.x_low, how.x_high, most, how.is_loose, part)
    if keep_apart(plan, made, style, width) and (#made.ticks > 1 or not how.ends) then return made end
    if type(spec.ticks) == "table" or type(spec.ticks) == "number" then return made end
  end
  if #made.ticks < 2 and how.ends then -- No year or quarter is seen whole: the first and the last date stand for them.
    made.ticks, made.has_years = how.ends(), false
  end
  return made
end

--- Names below their places, wrapped where that helps; where even so they do not fit, each second, third ... is left
--- out.
local function lay_names(plan, cx, width)
  local names, count = plan.x.ticks, #plan.x.ticks
  local slot = plan.w / max(1, plan.x.high - plan.x.low)
  local step, widest, longest = 1, 0, 0
  local style = plan.tick_style
  for _, tick in ipairs(names) do
    widest = max(widest, engine.text.width(style, tick.text))
    for word in tick.text:gmatch "%S+" do longest = max(longest, engine.text.width(style, word)) end
  end
  local lines = 1
  if widest + BETWEEN > slot then
    if longest + BETWEEN <= slot or (count <= 8 and slot > 24) then
      lines = 3
    else
      step = math.ceil(min(widest + BETWEEN, max(width * 0.3, 30)) / slot)
    end
  end
  local room = slot * step - BETWEEN
  plan.names, plan.names_height = {}, 0
  local edge = -math.huge
  for i = 1, count, step do
    local paragraph, wide, height = labels.paragraph(cx, names[i].text, "chart_label", { color = "muted" },
      max(room, 1),
      "center", lines)
    if paragraph then
      local middle = inside(plan.left + plan.x:at(names[i].value) * plan.w, wide, width)
      if middle - wide / 2 >= edge + 2 then
        plan.names[#plan.names + 1] = { paragraph = paragraph, left = middle - room / 2, room = room, wide = wide,
          middle = middle, height = height }
        plan.names_height = max(plan.names_height, height)
        edge = middle + wide / 2
      else
        paragraph = nil
      end
    end
    if not paragraph then plan.placer:drop(names[i].text) end
  end
  if step > 1 then
    for i, tick in ipairs(names) do
      if (i - 1) % step ~= 0 then plan.placer:drop(tick.text) end
    end
  end
end

--- Years below the months or quarters that they begin with; below the first tick too, where it keeps off the next.
local function lay_years(plan, above, below, leading)
  plan.years_baseline = plan.ticks_baseline + leading
  for _, is_first in ipairs { false, true } do
    for _, tick in ipairs(plan.x.ticks) do
      if tick.year and (not tick.begins) == is_first then
        local wide = engine.text.width(plan.tick_style, tick.year)
        local left, top = inside(tick.middle, wide, plan.width) - wide / 2, plan.years_baseline - above
        if plan.placer:is_free(max(left - 2, 0), top, min(left + wide + 2, plan.width), top + above + below) then
          tick.year_left = left
          plan.placer:take(left, top, wide, above + below)
        end
      end
    end
  end
end

local function fail_height(self, cx, tall, wanted)
  cx:fail(("%s: a height of %.0f points leaves no room for its plot; give height = %.0f or more"):format(self.name,
    tall,
    wanted), self.place)
end

--- Lays the plane out. `how` says what is shown: x_kind, categories, x_low, x_high, y_low, y_high, y_kind; is_open
--- (names have half a place at the ends); x_whole, y_whole (ticks at whole numbers); right (points kept for labels
--- behind the plot); headroom (for labels above it); legend (its height, above the plot); usual (the height where
--- none is asked for); value_on (the axis that a reference's `value` is on, where one alone has values).
---@return table plan
function M.lay(self, cx, width, height, how)
  local style, token = cx:style("chart_label", { color = "muted" })
  local x_spec, y_spec = axis.options(self, "x_axis"), how.y_spec or axis.options(self, "y_axis")
  local shared = self.shared
  if shared then
    how.y_low, how.y_high = min(how.y_low, shared.y_low), max(how.y_high, shared.y_high)
    if how.x_kind ~= "category" then
      how.x_low, how.x_high = min(how.x_low, shared.x_low), max(how.x_high, shared.x_high)
    end
  end
  local references = read_references(self, how)
  if how.zero then how.y_low, how.y_high = min(how.y_low, 0), max(how.y_high, 0) end
  local tall = height or (how.usual or max(130, min(230, width * 0.5))) + (how.legend or 0)
  local plan = { width = width, height = tall, tick_style = style, references = references, how = how,
    placer = labels.new(width, tall) }
  local y_title, x_title = y_spec.title, x_spec.title
  local above, below = labels.extent(style)
  plan.head = how.legend or 0
  -- The text of a tick at the top stands in the chart too, however large it is.
  local rise = max(above / 2 + 1, above - engine.text.metrics(style).cap_height / 2 + 0.1)
  plan.top = plan.head + (y_title and token.leading + 4 or 0) + rise + (how.headroom or 0)
  plan.foot = FOOT_GAP + token.leading + (x_title and token.leading + 2 or 0)
  plan.h = tall - plan.top - plan.foot
  if plan.h < 16 then
    fail_height(self, cx, tall, plan.top + plan.foot + 40)
  end
  plan.y = make_y(self, y_spec, how, plan.h, above + below)
  local widest = 0
  if how.y_ticks ~= false then
    for _, tick in ipairs(plan.y.ticks) do widest = max(widest, engine.text.width(style, tick.text)) end
  end
  plan.left = widest > 0 and math.ceil(widest) + TICK_GAP or 0
  plan.w = width - plan.left - (how.right or 0)
  if plan.w < 30 then
    cx:fail(("%s: %.0f points are too narrow for its axis and labels"):format(self.name, width), self.place)
  end
  plan.x = make_x(self, plan, x_spec, how, style, width)
  local more = plan.x.has_years and token.leading or 0
  if how.x_kind == "category" then
    lay_names(plan, cx, width)
    more = max(0, plan.names_height - token.leading)
  end
  if more > 0 then -- Years below months, and wrapped names, take of the plot's height.
    plan.foot = plan.foot + more
    if height then plan.h = plan.h - more else tall, plan.height = tall + more, tall + more end
    plan.placer.height = tall
    if plan.h < 16 then
      fail_height(self, cx, tall, tall + 40)
    end
    plan.y = make_y(self, y_spec, how, plan.h, above + below)
  end
  setmetatable(plan, Plan)
  -- What stands already: the texts of the axes.
  local placer, cap = plan.placer, engine.text.metrics(style).cap_height
  plan.cap = cap
  if (how.legend or 0) > 0 then placer:take(0, 0, width, how.legend - legend.FOOT) end
  if y_title then
    plan.y_title = labels.cut(style, y_title, width)
    placer:take(0, plan.head, engine.text.width(style, plan.y_title), token.leading)
  end
  if how.y_ticks ~= false then
    for _, tick in ipairs(plan.y.ticks) do
      local wide, baseline = engine.text.width(style, tick.text), plan:py(tick.value) + cap / 2
      if placer:is_free(plan.left - TICK_GAP - wide, baseline - above, plan.left - TICK_GAP, baseline + below) then
        tick.is_shown = true
        placer:take(plan.left - TICK_GAP - wide, baseline - above, wide, above + below)
      end
    end
  end
  local ticks_top = plan.top + plan.h + FOOT_GAP
  plan.ticks_baseline = ticks_top + cx:baseline "chart_label"
  if plan.names then
    for _, name in ipairs(plan.names) do placer:take(name.middle - name.wide / 2, ticks_top, name.wide, name.height) end
  else
    for _, tick in ipairs(plan.x.ticks) do
      local wide = engine.text.width(style, tick.text)
      tick.middle = inside(plan:px(tick.value), wide, width)
      if placer:is_free(tick.middle - wide / 2, plan.ticks_baseline - above, tick.middle + wide / 2,
        plan.ticks_baseline + below) then
        tick.is_shown = true
        placer:take(tick.middle - wide / 2, plan.ticks_baseline - above, wide, above + below)
      end
    end
    if plan.x.has_years then lay_years(plan, above, below, token.leading) end
  end
  if x_title then
    plan.x_title = labels.cut(style, x_title, plan.w)
    plan.x_title_baseline = tall - token.leading + cx:baseline "chart_label"
    local wide = engine.text.width(style, plan.x_title)
    placer:take(plan.left + plan.w - wide, plan.x_title_baseline - above, wide, above + below)
  end
  plan.bottom = plan.top + plan.h
  if y_spec.grid ~= false and how.y_ticks ~= false then
    for _, tick in ipairs(plan.y.ticks) do placer:avoid(plan.left, plan:py(tick.value) - 0.3, plan.w, 0.6) end
  end
  M.add_reference_labels(self, plan, cx)
  return plan
end

--- The labels of references: at an end of a line, at the edge of a band.
function M.add_reference_labels(_, plan, cx)
  local placer = plan.placer
  local left, right, top, bottom = plan.left, plan.left + plan.w, plan.top, plan.bottom
  for _, reference in ipairs(plan.references) do
    local label = reference.spec.label
    local from = reference.on == "y" and plan:py(reference.from) or plan:px(reference.from)
    local to = reference.to and (reference.on == "y" and plan:py(reference.to) or plan:px(reference.to))
    if reference.on == "y" and not to then placer:avoid(left, from - 0.5, plan.w, 1) end
    if reference.on == "x" and not to then placer:avoid(from - 0.5, top, 1, plan.h) end
    if label then
      local style = cx:style("chart_label", { color = reference.spec.color or "muted" })
      local above, below = labels.extent(style)
      local shown = labels.cut(style, label, plan.w)
      local at = {}
      if reference.on == "y" then
        local upper, lower = min(from, to or from), max(from, to or from)
        if to and lower - upper > above + below + 2 then
          at = { { left + 3, upper + above + 2 }, { right - 2, upper + above + 2, "right" },
            { left + 3, lower - below - 1 },
            { right - 2, lower - below - 1, "right" } }
        end
        for _, baseline in ipairs { upper - below - 1, lower + above + 1.5 } do
          at[#at + 1] = { right, baseline, "right" }
          at[#at + 1] = { left + 3, baseline }
          at[#at + 1] = { (left + right) / 2, baseline, "center" }
        end
      else
        for baseline = top + above, bottom - below, above + below do
          if to then at[#at + 1] = { (from + to) / 2, baseline, "center" } end
          at[#at + 1] = { (to or from) + 4, baseline }
          at[#at + 1] = { from - 4, baseline, "right" }
        end
      end
      placer:add { style = style, text = shown, said = label, at = at, priority = 30 }
    end
  end
end

--- Annotations: words near to a point of the plot, with a line to it. `find(x)` answers the value there where none is
--- given.
function M.add_annotations(self, plan, cx, find)
  local style, token = cx:style("chart_label", { color = "text" })
  for i, given in ipairs(self.spec.annotations or {}) do
    options.expect(given, "table", ("%s: annotation %d"):format(self.name, i))
    options.read("chart.annotation", given, known_annotation, true)
    local text = labels.expect_text(given.text or given[1], ("%s: annotation %d: text"):format(self.name, i),
      self.place)
    local value = x_of(self, given.x, plan.how, "annotation")
    local y = given.y or (find and find(value))
    if not y then
      options.fail(("%s: annotation %d needs y; no value stands at its x"):format(self.name, i), self.place)
    end
    if not plan.x:has(value) or not plan.y:has(y) then
      options.fail(("%s: annotation %d stands outside of the plot"):format(self.name, i), self.place)
    end
    local px, py = plan:px(value), plan:py(y)
    local measure = min(110, plan.w * 0.6)
    local paragraph, wide, height = labels.paragraph(cx, text, "chart_label", { color = given.color or "text" },
      measure, "left", 4)
    if paragraph then
      local at = {}
      for _, away in ipairs { 12, 22, 34, 50 } do
        for _, way in ipairs { { 0.7, -1 }, { -0.7, -1 }, { 0.7, 1 }, { -0.7, 1 }, { 0, -1 }, { 0, 1 }, { 1.2, -0.2 },
          { -1.2, -0.2 } } do
          local x, top = px + way[1] * away, py + way[2] * away
          at[#at + 1] = { way[1] < 0 and x - wide or way[1] == 0 and x - wide / 2 or x,
            way[2] < -0.5 and top - height or way[2] > 0.5 and top or top - height / 2 }
        end
      end
      plan.placer:add { paragraph = paragraph, measure = measure, width = wide, height = height, at = at, said = text,
        priority = 20,
        leader = { px, py } }
      plan.points = plan.points or {}
      plan.points[#plan.points + 1] = { px, py }
    else
      plan.placer:drop(text)
    end
  end
  return style, token
end

--- Bands of reference and the grid: what is drawn below the marks.
function M.draw_ground(plan, cx, canvas, x, y)
  local left, right, top, bottom = x + plan.left, x + plan.left + plan.w, y + plan.top, y + plan.bottom
  local faint = cx:color "faint"
  for _, reference in ipairs(plan.references) do
    if reference.to then
      local fill = cx:color(reference.spec.color or "accent_soft")
      if reference.spec.color then fill = require("briefpress.chart.colors").faded(fill, 0.15) end
      if reference.on == "y" then
        local upper, lower = y + plan:py(reference.to), y + plan:py(reference.from)
        canvas:rect(left, upper, plan.w, lower - upper, { fill = fill })
      else
        local from, to = x + plan:px(reference.from), x + plan:px(reference.to)
        canvas:rect(from, top, to - from, bottom - top, { fill = fill })
      end
    end
  end
  local lines = {}
  if plan.y.spec.grid ~= false and plan.how.y_ticks ~= false then
    for _, tick in ipairs(plan.y.ticks) do
      local at = y + plan:py(tick.value)
      table.move({ "M", left, at, "L", right, at }, 1, 6, #lines + 1, lines)
    end
  end
  if plan.x.spec.grid then
    for _, tick in ipairs(plan.x.ticks) do
      local at = x + plan:px(tick.value)
      table.move({ "M", at, top, "L", at, bottom }, 1, 6, #lines + 1, lines)
    end
  end
  if #lines > 0 then canvas:path(lines, { stroke = faint, line_width = 0.4 }) end
end

--- Axes, lines of reference, and all labels: what is drawn above the marks.
function M.draw_front(plan, cx, canvas, x, y)
  local left, right, top, bottom = x + plan.left, x + plan.left + plan.w, y + plan.top, y + plan.bottom
  local muted = cx:color "muted"
  local base = plan.y.low <= 0 and plan.y.high >= 0 and not plan.y.is_log and y + plan:py(0) or bottom
  canvas:line(left, base, right, base, { stroke = muted, line_width = 0.6 })
  local marks = {}
  if not plan.names then
    for _, tick in ipairs(plan.x.ticks) do
      local at = x + plan:px(tick.value)
      table.move({ "M", at, bottom, "L", at, bottom + 3 }, 1, 6, #marks + 1, marks)
    end
  end
  if #marks > 0 then canvas:path(marks, { stroke = muted, line_width = 0.4 }) end
  for _, reference in ipairs(plan.references) do
    if not reference.to then
      local paint = { stroke = cx:color(reference.spec.color or "muted"), line_width = 0.7,
        dash = reference.spec.dash ~= false and { 3, 2 } or nil }
      if reference.on == "y" then
        local at = y + plan:py(reference.from)
        canvas:line(left, at, right, at, paint)
      else
        local at = x + plan:px(reference.from)
        canvas:line(at, top, at, bottom, paint)
      end
    end
  end
  local style = plan.tick_style
  if plan.y_title then canvas:text(style, x, y + plan.head + cx:baseline "chart_label", plan.y_title) end
  if plan.x_title then canvas:text(style, right, y + plan.x_title_baseline, plan.x_title, "right") end
  for _, tick in ipairs(plan.y.ticks) do
    if tick.is_shown then
      canvas:text(style, left - TICK_GAP, y + plan:py(tick.value) + plan.cap / 2, tick.text, "right")
    end
  end
  for _, tick in ipairs(plan.names and {} or plan.x.ticks) do
    if tick.is_shown then canvas:text(style, x + tick.middle, y + plan.ticks_baseline, tick.text, "center") end
    if tick.year_left then canvas:text(style, x + tick.year_left, y + plan.years_baseline, tick.year) end
  end
  for _, name in ipairs(plan.names or {}) do
    name.paragraph:layout(name.room)
    canvas:paragraph(name.paragraph, x + name.left, bottom + FOOT_GAP)
  end
  for _, point in ipairs(plan.points or {}) do
    canvas:circle(x + point[1], y + point[2], 1.6, { fill = cx:color "text" })
  end
  plan.placer:draw(cx, canvas, x, y)
end

return M
