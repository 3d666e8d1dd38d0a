--- Counted shares: one dot or square for each thing, the counted ones in colour. Good for numbers that a reader may
--- want to see, not only to read ("95 of 285").
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local items = require "briefpress.chart.items"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase

local M = {}

local known = options.define("chart.waffle", frame.options { value = "any", total = "any", columns = "number",
  rows = "number", shape = { "circle", "square" }, labels = "boolean" })
local MOST = 20000

local function whole(self, value, what)
  local number = math.tointeger(value.value) or math.tointeger(math.floor(value.value + 0.5))
  if number < 0 or number > MOST then
    options.fail(("%s: %s must be from 0 to %d things, got %g"):format(self.name, what, MOST, value.value), self.place)
  end
  return number
end

local Plot = {}

function Plot.prepare(self, cx)
  local spec = self.spec
  local list
  if spec.value ~= nil then
    local value = items.value(cx, spec.value, self.name, self.place)
    value.label = value.indicator and value.indicator.label or ""
    list = { value }
  else
    list = items.read(cx, self.list, self.name, self.place)
  end
  local sum = 0
  for _, item in ipairs(list) do
    if not item.value then options.fail(self.name .. ": each item has one value", self.place) end
    item.count = whole(self, item, "value")
    sum = sum + item.count
  end
  if spec.total ~= nil then
    self.total = items.value(cx, spec.total, self.name, self.place)
    self.count = whole(self, self.total, "total")
    if sum > self.count then
      options.fail(("%s: the value (%d) is greater than the total (%d)"):format(self.name, sum, self.count), self.place)
    end
  else
    self.count = sum
  end
  if self.count < 1 then options.fail(self.name .. ": there is nothing to count", self.place) end
  if spec.labels ~= false and #list == 1 and self.total then
    list[1].said = phrase("of_total", { value = list[1].text, total = self.total.text })
  end
  return list
end

--- Columns that a reader can count: tens for many, fives for some.
local function round_columns(columns, count)
  local unit = count >= 200 and 10 or count >= 40 and 5 or 1
  return math.max(unit, math.floor(columns / unit + 0.5) * unit)
end

function Plot.measure(self, cx, width, height)
  local spec, count = self.spec, self.count
  local _, token = cx:style "chart_label"
  local columns = spec.columns
  if not columns and spec.rows then columns = math.ceil(count / spec.rows) end
  local foot = spec.labels ~= false and token.leading * #self.items + 6 or 0
  if not columns then
    local tall = (height and height - foot) or math.min(width * 0.4, math.max(40, math.sqrt(count) * 8))
    columns = round_columns(math.sqrt(count * width / tall), count)
  end
  columns = math.min(columns, count)
  local rows = math.ceil(count / columns)
  local cell = math.min(width / columns, 14)
  if height then cell = math.min(cell, (height - foot) / rows) end
  if cell < 1.2 then
    cx:fail(("%s: %d things in %d columns get %.1f points each, too small to see"):format(self.name, count, columns,
      cell), self.place)
  end
  return rows * cell + foot, { columns = columns, rows = rows, cell = cell, grid = rows * cell }
end

--- The dots or squares from `first` to `last` in one colour, as one path.
local function draw_cells(canvas, x, y, plan, first, last, color, is_square)
  if last < first then return end
  local cell, columns, list, n = plan.cell, plan.columns, {}, 0
  if is_square then
    local side = cell * 0.82
    for i = first - 1, last - 1 do
      list[n + 1], list[n + 2], list[n + 3] = "R", x + i % columns * cell, y + i // columns * cell
      list[n + 4], list[n + 5] = side, side
      n = n + 5
    end
    canvas:path(list, { fill = color })
  else
    for i = first - 1, last - 1 do
      list[n + 1], list[n + 2] = x + (i % columns + 0.5) * cell, y + (i // columns + 0.5) * cell
      n = n + 2
    end
    canvas:dots(list, cell * 0.38, color)
  end
end

function Plot.draw(self, cx, canvas, x, y, width, _, plan)
  local is_square = self.spec.shape == "square"
  local at = 0
  for i, item in ipairs(self.items) do
    local color = frame.color(self, cx, item, i, #self.items > 1)
    draw_cells(canvas, x, y, plan, at + 1, at + item.count, color, is_square)
    at = at + item.count
  end
  draw_cells(canvas, x, y, plan, at + 1, self.count, cx:color "faint", is_square)
  if self.spec.labels == false then return end
  local bold, token = cx:style("chart_label", { weight = 600 })
  local plain = cx:style "chart_label"
  local top = y + plan.grid + 6
  local mark = math.min(plan.cell * 0.76, 6)
  for i, item in ipairs(self.items) do
    local baseline = top + (i - 1) * token.leading + cx:baseline "chart_label"
    local color = frame.color(self, cx, item, i, #self.items > 1)
    local middle = baseline - engine.text.metrics(plain).cap_height / 2
    if is_square then
      canvas:rect(x, middle - mark / 2, mark, mark, { fill = color })
    else
      canvas:dots({ x + mark / 2, middle }, mark / 2, color)
    end
    local wide = frame.figure(cx, canvas, bold, x + 11, baseline, { text = item.said or item.text, mark = item.mark })
    local room = width - 11 - wide - 5
    local label = item.label
    if engine.text.width(plain, label) > room then
      label = require("briefpress.chart.labels").cut(plain, label, room)
    end
    if label ~= "" then canvas:text(plain, x + 11 + wide + 5, baseline, label) end
  end
end

--- See scripts/types.
function M.waffle(spec)
  options.expect(spec, "table", "chart.waffle")
  spec = options.read("chart.waffle", spec, known)
  for _, name in ipairs { "columns", "rows" } do
    local number = spec[name]
    if number and (not math.tointeger(number) or number < 1) then
      options.fail(("chart.waffle: %s must be a whole number from 1, got %g"):format(name, number))
    end
  end
  return frame.make("chart.waffle", spec, Plot, options.list(spec))
end

return M
