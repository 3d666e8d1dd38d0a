--- Small drawings in cells: a bar, a bullet or a line of points, all cells of a column to one scale. Each is a figure
--- whose alternative text says what it shows.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local cells = require "briefpress.table_cells"
local kind = require "briefpress.kind"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local max, min = math.max, math.min

local M = {}

local known = options.define("table.graphic", {
  range = "table", color = "color", target = "any", labels = "boolean", height = "number",
})
local kinds = { "bar", "bullet", "sparkline" }

--- Checks a column's `graphic`: the name of one, or a table of it and its options.
function M.read(column, what)
  local graphic = column.graphic
  if type(graphic) == "string" then graphic = { graphic } end
  options.expect(graphic, "table", what .. ": graphic")
  options.read(what .. ": graphic", graphic, known, true)
  options.expect(graphic[1], kinds, what .. ": graphic")
  local range = graphic.range
  if range and not (type(range[1]) == "number" and type(range[2]) == "number" and range[1] < range[2]) then
    options.fail(what .. ": graphic: range is two numbers, the lower first: { 0, 100 }")
  end
  column.graphic = { kind = graphic[1], range = range, color = graphic.color or "accent", target = graphic.target,
    labels = graphic.labels, height = graphic.height }
  column.align = column.align or "left"
end

local function number_of(value)
  if kind.of(value) == "indicator" then value = value.value end
  return type(value) == "number" and value - value == 0 and value or nil
end

--- The numbers of a cell: one; or several, from a list or an indicator's observations.
local function numbers_of(self, column, value)
  if value == nil then return nil end
  if column.graphic.kind ~= "sparkline" then
    local number = number_of(value)
    if not number then
      options.fail(('table: column "%s" draws a %s of a number, found a %s'):format(column.title or "?",
        column.graphic.kind, type(value)), self.place)
    end
    return { number }
  end
  local list = {}
  if kind.of(value) == "indicator" then
    for i, seen in ipairs(value:series()) do list[i] = seen.value end
  elseif type(value) == "table" then
    for i, one in ipairs(value) do list[i] = number_of(one) end
  end
  if #list < 2 then
    options.fail(('table: column "%s" draws a line through two numbers at least: a list of them, or an indicator')
      :format(column.title or "?"), self.place)
  end
  return list
end

--- The scale of a column: given, or from its values; one with bars has zero in it.
local function range_of(self, column, read)
  local graphic = column.graphic
  if graphic.range then return graphic.range end
  local low, high = math.huge, -math.huge
  for i = 1, self.sampled or self.count do
    local made = read(i)
    for _, number in ipairs(made and made.numbers or {}) do low, high = min(low, number), max(high, number) end
    if made and made.target then low, high = min(low, made.target), max(high, made.target) end
  end
  if low > high then low, high = 0, 1 end
  if graphic.kind ~= "sparkline" then low, high = min(low, 0), max(high, 0) end
  if low == high then high = low + 1 end
  graphic.range = { low, high }
  return graphic.range
end

local Graphic = {}
Graphic.__index = Graphic

function Graphic:measure()
  return 40, self.column.graphic.labels and 110 or 80
end

local Fragment = { locate = false }
Fragment.__index = Fragment

--- Bars have the height of capitals, and begin at zero.
local function draw_bar(self, canvas, x, y, width)
  local graphic, number = self.graphic, self.numbers[1]
  local low, high = graphic.range[1], graphic.range[2]
  local scale = width / (high - low)
  local zero = x + (0 - min(low, 0)) * scale
  if low > 0 then zero = x end
  local at = x + (number - low) * scale
  local tall = graphic.height or self.height * 0.55
  local top = y + (self.height - tall) / 2
  if graphic.kind == "bullet" then
    canvas:rect(x, top, width, tall, { fill = self.soft })
    canvas:rect(min(zero, at), top + tall * 0.3, max(math.abs(at - zero), 0.3), tall * 0.4, { fill = self.color })
    if self.target then
      local aim = x + (self.target - low) * scale
      canvas:rect(aim - 0.6, top + tall * 0.08, 1.2, tall * 0.84, { fill = self.ink })
    end
    return
  end
  canvas:rect(min(zero, at), top, max(math.abs(at - zero), 0.3), tall, { fill = self.color })
  if low < 0 then canvas:line(zero, y, zero, y + self.height, { stroke = self.faint, line_width = 0.5 }) end
end

--- A line through the points, its last one marked.
local function draw_line(self, canvas, x, y, width)
  local graphic, numbers = self.graphic, self.numbers
  local low, high = graphic.range[1], graphic.range[2]
  local tall, inset = self.height * 0.8, 1.6
  local path = {}
  local px, py
  for i, number in ipairs(numbers) do
    px = x + inset + (width - 2 * inset) * (i - 1) / (#numbers - 1)
    py = y + self.height * 0.1 + tall * (high - number) / (high - low)
    local n = #path
    path[n + 1], path[n + 2], path[n + 3] = i == 1 and "M" or "L", px, py
  end
  canvas:path(path, { stroke = self.color, line_width = 0.9, join = "round", cap = "round" })
  canvas:circle(px, py, inset, { fill = self.color })
end

function Fragment:draw(canvas, x, y)
  if self.cx.is_dry then return end
  canvas:begin_tag("Figure", { alt = self.alt, box = { x, y, self.width, self.height } })
  local draw = self.graphic.kind == "sparkline" and draw_line or draw_bar
  draw(self, canvas, x, y, self.wide)
  if self.label then canvas:text(self.style, x + self.width, y + self.baseline, self.label, "right") end
  canvas:end_tag()
end

--- What a screen reader says of it.
local function alt_of(self)
  local graphic, numbers, write = self.column.graphic, self.numbers, self.column.write_number
  local range = graphic.range
  if graphic.kind == "sparkline" then
    return phrase("alt_cell_line", { first = write(numbers[1]), last = write(numbers[#numbers]),
      low = write(min(table.unpack(numbers))), high = write(max(table.unpack(numbers))) })
  end
  return phrase(self.target and "alt_cell_bullet" or "alt_cell_bar", { value = write(numbers[1]),
    target = self.target and write(self.target), from = write(range[1]), to = write(range[2]) })
end

function Graphic:layout(cx, width, height)
  local owner, column = self.owner, self.column
  local graphic = column.graphic
  local style, token = cx:style(owner.style, owner.over)
  local tall = max(token.leading, graphic.height or 0)
  if tall > height then return nil, self end
  local fragment = setmetatable({ cx = cx, width = width, height = tall, graphic = graphic,
    numbers = self.numbers, target = self.target,
    alt = alt_of(self), color = cx:color(graphic.color), faint = cx:color "faint",
    soft = cx:color "faint", ink = cx:color "ink", wide = width }, Fragment)
  if graphic.labels then
    fragment.style, fragment.label = style, column.write_number(self.numbers[#self.numbers])
    fragment.baseline = cx:baseline(owner.style, owner.over) + (tall - token.leading) / 2
    fragment.wide = width - column.label_wide(style) - 5
    if fragment.wide < 10 then
      cx:fail(('table: column "%s" is too narrow for a drawing and its label'):format(column.title or "?"), owner.place)
    end
  end
  return fragment
end

--- The widest of the labels of a column, all of its rows asked once.
local function label_width(self, column, read)
  local widest
  return function(style)
    if not widest then
      widest = 0
      for i = 1, self.sampled or self.count do
        local made = read(i)
        local text = made and column.write_number(made.numbers[#made.numbers]) or ""
        widest = max(widest, engine.text.width(style, text))
      end
    end
    return widest
  end
end

--- What gives the drawing of a column in row `i`; a text where there is no value.
function M.printer(self, column)
  local read, row_at, graphic = column.read, self.row_at, column.graphic
  local target = graphic.target
  local function make(i)
    local value = read(i)
    if type(value) == "table" and kind.of(value) == nil and graphic.kind ~= "sparkline" and cells.is_rich(value) then
      value = value[1]
    end
    local numbers = numbers_of(self, column, value)
    if not numbers then return nil end
    local aim = target
    if type(target) == "function" then aim = target(row_at(i)) end
    if type(target) == "string" then aim = row_at(i)[target] end
    if aim ~= nil then
      aim = number_of(aim)
      if not aim then
        options.fail("table: graphic: target must be a number, a key of the rows, or a function that gives a number",
          self.place)
      end
    end
    return block.make(Graphic, { owner = self, column = column, numbers = numbers, target = aim })
  end
  column.label_wide = label_width(self, column, make)
  local range
  return function(i)
    range = range or range_of(self, column, make)
    local made = make(i)
    if not made then return column.missing or "" end
    for _, number in ipairs(made.numbers) do
      if number < range[1] or number > range[2] then
        options.fail(('table: %g in column "%s" lies outside of the scale from %g to %g; give graphic = { "%s",'
          .. ' range = { low, high } }'):format(number, column.title or "?", range[1], range[2], graphic.kind),
          self.place)
      end
    end
    return made
  end
end

return M
