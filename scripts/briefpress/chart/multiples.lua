--- Small multiples: one chart for each part of the data, all of one kind and on one scale, side by side. The scale is
--- the one that holds all of them.
local block = require "briefpress.block"
local engine = require "briefpress.engine"
local frame = require "briefpress.chart.frame"
local legend = require "briefpress.chart.legend"
local options = require "briefpress.options"
local phrase = require("briefpress.phrase").phrase
local reading = require "briefpress.chart.series"
local text = require "briefpress.text"

local M = {}

local known = options.define("chart.multiples", frame.options { rows = "any", by = "string", chart = "function",
  columns = "count", gap = "length", row_gap = "length", shared = { "both", "y", "x", "none" } })

known.color = nil -- Charts have colours of their own.

local Plot = {}

--- The rows of each part, in the order in which the parts come first. A row of a table of the data is one object that
--- moves on, so its cells are copied.
local function parts_of(self)
  local spec = self.spec
  local is_data = require("briefpress.kind").of(spec.rows) == "table"
  local parts, by_name = {}, {}
  local columns = is_data and spec.rows.columns or nil
  if is_data then
    local titles = {}
    for _, column in ipairs(columns) do titles[column.id] = column.title end
    reading.expect_columns(self, titles, { spec.by })
  end
  for row in reading.each_row(self, spec.rows) do
    local name = row[spec.by]
    if name == nil then options.fail(('chart.multiples: a row has nothing in "%s"'):format(spec.by), self.place) end
    name = type(name) == "number" and engine.format.number(name, { grouping = false }) or tostring(name)
    local part = by_name[name]
    if not part then
      part = { name = name, rows = {} }
      by_name[name] = part
      parts[#parts + 1] = part
    end
    local kept = row
    if is_data then
      kept = {}
      for _, column in ipairs(columns) do kept[column.id] = row[column.id] end
    end
    part.rows[#part.rows + 1] = kept
  end
  if #parts == 0 then options.fail("chart.multiples: there is nothing to draw; its rows are empty", self.place) end
  return parts
end

function Plot.prepare(self, cx)
  local spec, charts = self.spec, {}
  if spec.rows ~= nil then
    if not spec.by or not spec.chart then
      options.fail('chart.multiples: rows need by = "column" and chart = function(rows, name) ... end', self.place)
    end
    for _, part in ipairs(parts_of(self)) do
      local chart = spec.chart(part.rows, part.name)
      if not block.is(chart) or not chart.plot then
        options.fail(('chart.multiples: chart must return a chart, for "%s" it returned %s'):format(part.name,
          chart == nil and "nothing" or "a " .. type(chart)), self.place)
      end
      charts[#charts + 1] = chart
      chart.panel = chart.spec.title or part.name
    end
  else
    for i, chart in ipairs(self.list) do
      if not block.is(chart) or not chart.plot then
        options.fail(("chart.multiples: child %d is no chart"):format(i), self.place)
      end
      charts[i] = chart
      chart.panel = chart.spec.title or ""
    end
    if #charts == 0 then options.fail("chart.multiples: it has no charts", self.place) end
  end
  local shared
  local name = charts[1].name
  for i, chart in ipairs(charts) do
    if chart.name ~= name then
      options.fail(("chart.multiples: all charts are of one kind; the first is %s, number %d is %s"):format(name, i,
        chart.name), self.place)
    end
    chart:prepare(cx)
    if chart.plot.extent then
      local extent = chart.plot.extent(chart)
      if not shared then
        shared = extent
      else
        for _, axis in ipairs { "x", "y" } do
          shared[axis .. "_low"] = math.min(shared[axis .. "_low"], extent[axis .. "_low"])
          shared[axis .. "_high"] = math.max(shared[axis .. "_high"], extent[axis .. "_high"])
        end
      end
    end
  end
  local wish = spec.shared or "both"
  for _, chart in ipairs(charts) do
    if shared and wish ~= "none" then
      local own = chart.plot.extent(chart)
      chart.shared = {
        x_low = wish == "y" and own.x_low or shared.x_low, x_high = wish == "y" and own.x_high or shared.x_high,
        y_low = wish == "x" and own.y_low or shared.y_low, y_high = wish == "x" and own.y_high or shared.y_high,
      }
    end
  end
  self.charts = charts
  return {}
end

--- The names of the series that all charts have in common: said once, above them.
local function common_legend(self, cx, width)
  local first = self.charts[1]
  local names = {}
  for _, series in ipairs(first.series or {}) do names[#names + 1] = series.label end
  if #names == 0 then names = first.series_names or {} end
  if #names < 2 then return nil, 0 end
  for _, chart in ipairs(self.charts) do
    local own = {}
    for _, series in ipairs(chart.series or {}) do own[#own + 1] = series.label end
    if #own == 0 then own = chart.series_names or {} end
    if table.concat(own, "\0") ~= table.concat(names, "\0") then return nil, 0 end
  end
  local colors = require "briefpress.chart.colors"
  local entries = {}
  for i, name in ipairs(names) do
    local series = first.series and first.series[i]
    local is_mark = first.name == "chart.scatter" or first.name == "chart.dot"
    entries[i] = { label = name, color = colors.series(cx, i, series and series.color or nil),
      kind = is_mark and "mark" or first.name == "chart.line" and "line" or nil,
      shape = colors.shapes[(i - 1) % #colors.shapes + 1] }
  end
  for _, chart in ipairs(self.charts) do chart.hides_names = true end
  return legend.lay(cx, entries, width)
end

function Plot.measure(self, cx, width, height)
  local spec, count = self.spec, #self.charts
  local gap = spec.gap and cx:length(spec.gap, width) or 18
  local row_gap = spec.row_gap and cx:length(spec.row_gap, width) or 14
  local columns = spec.columns or math.max(1, math.min(count, math.floor((width + gap) / (110 + gap))))
  if columns < 1 then cx:fail("chart.multiples: columns must be 1 or more", self.place) end
  columns = math.min(columns, count)
  if not spec.columns and count > columns then columns = math.ceil(count / math.ceil(count / columns)) end -- Even rows.
  local rows = math.ceil(count / columns)
  local wide = (width - gap * (columns - 1)) / columns
  local laid, y = common_legend(self, cx, width)
  local plan = { legend = laid, cells = {} }
  local each = height and (height - y - row_gap * (rows - 1)) / rows
  for i, chart in ipairs(self.charts) do
    local column = (i - 1) % columns
    if column == 0 and i > 1 then y = y + plan.row_height + row_gap end
    if column == 0 then plan.row_height = 0 end
    local title, top = nil, 0
    if chart.panel ~= "" then
      title = text.new(chart.panel, { style = "chart_label", weight = 600 }):layout(cx, wide, 1e6)
      top = title.height + 3
    end
    local own = chart.spec.height and cx:length(chart.spec.height, 0)
    local tall, inner = chart.plot.measure(chart, cx, wide, own or (each and each - top)
      or (chart.plot.extent and chart.name ~= "chart.dot" and chart.name ~= "chart.bullet"
        and math.max(84, wide * 0.62)) or nil)
    plan.cells[i] = { chart = chart, plan = inner, x = column * (wide + gap), y = y, title = title, top = top,
      tall = tall }
    plan.row_height = math.max(plan.row_height, top + tall)
  end
  plan.wide = wide
  return y + plan.row_height, plan
end

function Plot.draw(_, cx, canvas, x, y, _, _, plan)
  if plan.legend then legend.paint(cx, canvas, plan.legend, x, y) end
  for _, cell in ipairs(plan.cells) do
    local chart = cell.chart
    if cell.title then
      local quiet = require("briefpress.canvas").quiet(canvas)
      cell.title:draw(quiet, x + cell.x, y + cell.y)
    end
    chart.plot.draw(chart, cx, canvas, x + cell.x, y + cell.y + cell.top, plan.wide, cell.tall, cell.plan)
    local placer = cell.plan and cell.plan.placer
    if placer and not chart.is_told then
      chart.is_told = true
      placer:tell(chart.name, chart.place)
    end
  end
end

function Plot.describe(self, cx)
  local alt = require "briefpress.chart.alt"
  local sentences = { alt.head(self, cx), phrase("alt_panels", { count = #self.charts }) }
  for _, chart in ipairs(self.charts) do
    local title = chart.spec.title
    chart.spec.title = nil
    sentences[#sentences + 1] = (chart.panel ~= "" and chart.panel .. phrase "colon" or "")
      .. require("briefpress.chart.frame").describe(chart, cx)
    chart.spec.title = title
  end
  return alt.join(sentences)
end

--- See scripts/types.
function M.multiples(spec)
  options.expect(spec, "table", "chart.multiples")
  spec = options.read("chart.multiples", spec, known)
  return frame.make("chart.multiples", spec, Plot, options.list(spec))
end

return M
