-- No label of a chart meets another or leaves its chart, whatever is drawn: some hundreds of generated charts of all
-- kinds, in two languages, 120 to 480 points wide, seen through a canvas that notes each line of text with its box.
local t = require "luatest"
local b = require "briefpress"
local engine = require "briefpress.engine"
local labels = require "briefpress.chart.labels"
local plain = require "themes.plain"
local Context = require "briefpress.context"

local CHARTS, HELD = 200, 60 -- HELD more have lines and bands of reference.

--- A page that notes where texts stand.
local function listener()
  local texts = {}
  local function nothing() end
  local lines = {} -- Of reference, told by their width.
  local canvas = setmetatable({ texts = texts, lines = lines }, { __index = function() return nothing end })
  function canvas.line(_, x1, y1, x2, y2, paint)
    if paint.line_width == 0.8 then lines[#lines + 1] = { x1, y1, x2, y2 } end
  end
  function canvas.text(_, style, x, y, text, align)
    local wide = engine.text.width(style, text)
    local left = align == "right" and x - wide or align == "center" and x - wide / 2 or x
    if text:find("%S") then
      texts[#texts + 1] = { left, y - 0.88 * style.size, left + wide, y + 0.25 * style.size, text }
    end
    return wide
  end
  function canvas.paragraph(_, paragraph, x, y)
    local i = 1
    while true do
      local is_there, line = pcall(paragraph.line, paragraph, i)
      if not is_there then break end
      if line.text:find("%S") then
        local baseline = y + line.baseline
        texts[#texts + 1] = { x + line.x, baseline - 0.64 * line.height, x + line.x + line.width,
          baseline + 0.18 * line.height, line.text }
      end
      i = i + 1
    end
  end
  return canvas
end

local function overlap(a, c)
  return math.min(math.min(a[3], c[3]) - math.max(a[1], c[1]), math.min(a[4], c[4]) - math.max(a[2], c[2]))
end

--- Pairs of texts that meet by more than a tenth of a point, and texts that leave the chart by more than half of one (a
--- figure at the end of the longest bar may: it is set bolder than it was measured).
local function faults(texts, width, height)
  local list = {}
  for i, one in ipairs(texts) do
    if one[1] < -0.5 or one[2] < -0.5 or one[3] > width + 0.5 or one[4] > height + 0.5 then
      list[#list + 1] = ('"%s" leaves the chart (%.1f %.1f %.1f %.1f of %g x %.1f)'):format(one[5], one[1], one[2],
        one[3],
        one[4], width, height)
    end
    for j = 1, i - 1 do
      if overlap(one, texts[j]) > 0.1 then
        list[#list + 1] = ('"%s" meets "%s" by %.2f'):format(one[5], texts[j][5], overlap(one, texts[j]))
      end
    end
  end
  return list
end

--- Texts that a line of reference runs through.
local function struck(texts, lines)
  local list = {}
  for _, line in ipairs(lines) do
    for _, text in ipairs(texts) do
      if overlap({ line[1] - 0.2, line[2] - 0.2, line[3] + 0.2, line[4] + 0.2 }, text) > 0.3 then
        list[#list + 1] = ('a line of reference runs through "%s"'):format(text[5])
      end
    end
  end
  return list
end

-- The generator: the same charts in each run.
local seed

local function random(low, high)
  seed = (seed * 1103515245 + 12345) % 2147483648
  local part = (seed // 65536) / 32768
  return low and low + math.floor(part * (high - low + 1)) or part
end

local function pick(list)
  return list[random(1, #list)]
end

local words = {
  en = { "Agriculture", "Coal", "Information and communication technology", "Education", "Wholesale and retail trade",
    "R&D",
    "Health", "Pharmaceuticals", "Rindfleischetikettierungsueberwachungsaufgabe", "Arts", "Construction",
      "Real estate" },
  zh = { "农业", "煤炭", "信息传输、软件和信息技术服务业", "教育", "批发和零售业", "研究与试验发展", "卫生", "医药制造", "房地产",
    "文化、体育和娱乐业", "建筑业", "水利、环境和公共设施管理业" },
}

local function name(language, i)
  return pick(words[language]) .. (i and " " .. i or "")
end

--- A list of values: of some size, perhaps all alike, perhaps below zero, perhaps with gaps.
local function values(count, is_positive, has_gaps)
  local list, kind = {}, random(1, 5)
  local size = 10 ^ random(-1, 6)
  local alike = size * random()
  for i = 1, count do
    local value = kind == 1 and alike or size * random()
    if kind == 2 and not is_positive then value = value - size / 2 end
    value = size >= 100 and math.floor(value) or tonumber(("%.2f"):format(value))
    list[i] = has_gaps and random() < 0.12 and i > 1 and false or value
  end
  return list
end

local counts = { 1, 2, 3, 4, 5, 7, 9, 12, 20, 31 }

local function items(language, count, is_positive, several)
  local list = {}
  for i = 1, count do
    list[i] = { label = name(language, count > 5 and i or nil) }
    if several then
      list[i].values = values(several, is_positive, true)
    else
      list[i].value = values(1, is_positive)[1]
    end
  end
  return list
end

local function series(language, count, points, is_positive)
  local list = {}
  for i = 1, count do list[i] = { label = name(language), values = values(points, is_positive, true) } end
  return list
end

local function dates(count)
  local kind, list = random(1, 4), {}
  for i = 1, count do
    if kind == 1 then list[i] = ("%d"):format(1990 + i) end
    if kind == 2 then list[i] = ("%d-Q%d"):format(2000 + (i - 1) // 4, (i - 1) % 4 + 1) end
    if kind == 3 then list[i] = ("%d-%02d"):format(2000 + (i - 1) // 12, (i - 1) % 12 + 1) end
    if kind == 4 then list[i] = "Item " .. i end
  end
  return list
end

local function names(language, count)
  local list = {}
  for i = 1, count do list[i] = name(language, i) end
  return list
end

local makers = {}

function makers.bar(language)
  local way, several = random(1, 5), random(2, 5)
  local count = pick(counts)
  local spec
  if way <= 2 then
    spec = items(language, count, way == 1 and random() < 0.5)
    spec.direction = way == 1 and "vertical" or "horizontal"
    spec.labels = pick { "end", "end", "inside", "none" }
  elseif way == 3 then
    spec = items(language, math.min(count, 12), false, several)
    spec.series, spec.direction = names(language, several), pick { "vertical", "horizontal" }
  elseif way == 4 then
    spec = items(language, math.min(count, 12), true, several)
    spec.series, spec.direction, spec.stacked, spec.share = names(language, several),
      pick { "vertical", "horizontal" }, true,
      random() < 0.5
  else
    spec = items(language, math.min(count, 9), true)
    spec[1].value, spec.stacked = 1, true
  end
  if random() < 0.3 and spec.direction ~= "vertical" then spec.height = random(120, 260) end
  return spec
end

--- Bars and dots held against lines and bands, perhaps at one place, perhaps without labels.
local function held(spec, language, low, high)
  local references = {}
  for i = 1, random(1, 4) do
    local value = low + (high - low) * random()
    references[i] = { value = random() < 0.3 and { value, value + (high - low) / 5 } or value,
      label = random() < 0.9 and name(language) .. (random() < 0.5 and " " .. name(language) or "") or nil }
  end
  if random() < 0.2 and #references > 1 then references[2].value = references[1].value end
  spec.references = references
  return spec
end

--- The least and the greatest value of items.
local function reach(spec)
  local low, high = math.huge, -math.huge
  for _, item in ipairs(spec) do
    for _, value in ipairs(item.values or { item.value }) do
      if value then low, high = math.min(low, value), math.max(high, value) end
    end
  end
  return low, high
end

local function lines(language, width, is_area)
  local points = pick { 1, 2, 3, 6, 10, 24, 60, 500 }
  local spec = series(language, random(1, 9), points, is_area)
  spec.x = dates(points)
  spec.labels = pick { "names", "values", "points", "none" }
  spec.y_axis = random() < 0.5 and { title = name(language) } or nil
  spec.x_axis = random() < 0.3 and { title = name(language) } or nil
  spec.points = random() < 0.3
  spec.height = width > 200 and random() < 0.4 and random(110, 240) or nil
  local middle = spec.x[math.max(1, points // 2)]
  for _, one in ipairs(spec) do one.values[math.max(1, points // 2)] = 5 end
  if random() < 0.6 then spec.annotations = { { x = middle, text = name(language) .. " " .. name(language) } } end
  if random() < 0.5 then
    spec.references = { { y = 5, label = name(language) }, { x = middle, label = name(language) } }
  end
  return spec
end

function makers.line(language, width) return lines(language, width, false) end

function makers.area(language, width)
  local spec = lines(language, width, true)
  spec.stacked = random() < 0.5
  spec.share = random() < 0.3
  return spec
end

function makers.scatter(language)
  local spec = { trend = random() < 0.5, x_axis = { title = name(language) }, y_axis = { title = name(language) } }
  for s = 1, random(1, 4) do
    local count = pick { 1, 5, 12, 40, 150 }
    local x, y, points = values(count), values(count), {}
    for i = 1, count do
      points[i] = { x = x[i], y = y[i], label = random() < 0.7 and name(language) or nil }
      if s == 1 and random() < 0.5 then points[i].size = random(1, 50) end
    end
    spec[s] = { label = name(language, s), points = points }
  end
  return spec
end

function makers.histogram()
  local list = values(pick { 1, 2, 10, 80, 500 })
  return { list, median = random() < 0.5, mean = random() < 0.5, labels = random() < 0.5, share = random() < 0.3,
    bins = random() < 0.3 and random(1, 20) or nil }
end

function makers.slope(language)
  local columns = random(2, 4)
  local spec = series(language, random(1, 14), columns)
  spec.x, spec.labels = names(language, columns), pick { "both", "right", "values" }
  return spec
end

function makers.dot(language)
  local several = random(1, 4)
  local spec = items(language, pick(counts), false, several > 1 and several or nil)
  if several > 1 then
    spec.series = names(language, several)
    spec[1].values[1] = 3
  end
  spec.labels, spec.sort = pick { true, false, nil }, pick { "none", "rising", "falling" }
  spec.x_axis = random() < 0.4 and { title = name(language) } or nil
  return spec
end

function makers.bullet(language)
  local spec = items(language, math.min(pick(counts), 9), true)
  for _, item in ipairs(spec) do
    if random() < 0.8 then item.target = item.value * (0.5 + random()) end
    item.ranges = { item.value * 0.5 + 1, item.value * 0.9 + 2, item.value * 1.5 + 3 }
  end
  if random() < 0.3 then
    for _, item in ipairs(spec) do item.max = item.value * 2 + 10 end
  end
  return spec
end

function makers.treemap(language)
  if random() < 0.5 then
    local spec = {}
    for i = 1, random(1, 5) do spec[i] = { label = name(language), items = items(language, pick(counts), true) } end
    spec[1].items[1].value = 7
    return spec
  end
  local spec = items(language, pick(counts), true)
  spec[1].value = 7
  return spec
end

function makers.donut(language)
  local spec = items(language, pick { 1, 2, 3, 5, 9, 14, 20 }, true)
  spec[1].value = 3
  spec.center = random() < 0.4 and name(language) or nil
  spec.height = random() < 0.4 and random(120, 220) or nil
  return spec
end

function makers.waffle(language)
  return { { label = name(language), value = random(1, 90) }, { label = name(language), value = random(1, 90) } }
end

function makers.timeline(language)
  local spec = {}
  for i = 1, random(1, 9) do
    spec[i] = { date = ("%d-%02d"):format(random(1990, 2022), random(1, 12)), title = name(language),
      text = random() < 0.5 and name(language) or nil }
  end
  return spec
end

function makers.multiples(language, width)
  local spec, points = { }, pick { 2, 6, 24 }
  local at, shared = dates(points), names(language, 2)
  if random() < 0.4 then spec.columns = random(1, math.max(1, width // 110)) end
  for i = 1, random(1, 7) do
    spec[i] = b.chart.line { title = name(language), x = at, { label = shared[1], values = values(points) },
      { label = shared[2], values = values(points) } }
  end
  return spec
end

--- Charts of their own, so that those above stay what they are.
function makers.held_bar(language)
  local spec
  repeat spec = makers.bar(language) until not spec.stacked or spec[1].values
  return held(spec, language, 0, select(2, reach(spec)))
end

function makers.held_dot(language)
  local spec = makers.dot(language)
  return held(spec, language, reach(spec))
end

local kinds = { "bar", "bar", "bar", "line", "line", "area", "scatter", "histogram", "slope", "dot", "bullet",
  "treemap",
  "donut", "waffle", "timeline", "multiples" }
local held_kinds = { "held_bar", "held_bar", "held_dot" }

--- The charts that the whole set makes: faults, how many labels moved and how many were dropped, how many texts there
--- were.
local function draw_all()
  seed = 20220903
  local told = { faults = {}, texts = 0, lines = 0, moved = 0, dropped = 0, by_kind = {} }
  for i = 1, CHARTS + HELD do
    local language = i % 2 == 0 and "zh" or "en"
    local cx = Context.new { data = {}, params = {}, language = language, ledger = {}, theme = b.theme(plain, {}),
      page = 0 }
    local kind = i <= CHARTS and kinds[(i - 1) % #kinds + 1] or held_kinds[(i - 1) % #held_kinds + 1]
    local width = random(120, 480)
    if kind == "donut" then width = math.max(width, 210) end
    local spec = makers[kind](language, width)
    spec.title = random() < 0.5 and name(language) or nil
    local is_drawn, fragment = pcall(function()
      return (b.chart[kind:match "[^_]+$"](spec):layout(cx, width, 1e6))
    end)
    if not is_drawn then
      told.faults[#told.faults + 1] = ("%d: %s, %d wide: %s"):format(i, kind, width, fragment)
    else
      local canvas = listener()
      fragment:draw(canvas, 0, 0)
      told.texts = told.texts + #canvas.texts
      for _, fault in ipairs(faults(canvas.texts, width, fragment.height)) do
        told.faults[#told.faults + 1] = ("%d: %s, %d wide: %s"):format(i, kind, width, fault)
      end
      local drawn = kind:find "^held_" and canvas.lines or {} -- Elsewhere a trend is as thin.
      told.lines = told.lines + #drawn
      for _, fault in ipairs(struck(canvas.texts, drawn)) do
        told.faults[#told.faults + 1] = ("%d: %s, %d wide: %s"):format(i, kind, width, fault)
      end
      local placer = fragment.plan and fragment.plan.placer
      if placer then
        told.moved, told.dropped = told.moved + placer.moved, told.dropped + #placer.dropped
      end
      told.by_kind[kind] = (told.by_kind[kind] or 0) + #canvas.texts
    end
  end
  return told
end

t.describe("labels of charts", function()
  local told
  t.it("keep off each other and inside of their charts", function()
    told = draw_all()
    if #told.faults > 0 then
      error(#told.faults .. " faults:\n    " .. table.concat(told.faults, "\n    ", 1, math.min(#told.faults, 60)), 0)
    end
  end)
  t.it("are there, in each kind; some are moved, some dropped", function()
    t.truthy(told.texts > 2000, told.texts .. " texts")
    for _, kind in ipairs { "held_bar", "held_dot", table.unpack(kinds) } do
      t.truthy((told.by_kind[kind] or 0) > 8, kind .. " has labels")
    end
    t.truthy(told.lines > 100, told.lines .. " lines of reference")
    t.truthy(told.moved > 50, told.moved .. " moved")
    t.truthy(told.dropped > 50, told.dropped .. " dropped")
  end)
  t.it("stay where they were when the chart is laid out again, at another width", function()
    for k, kind in ipairs(kinds) do
      local function drawn(has_second)
        seed = 4711 + k
        local cx = Context.new { data = {}, params = {}, language = "en", ledger = {}, theme = b.theme(plain, {}), page = 0 }
        local chart = b.chart[kind:match "[^_]+$"](makers[kind]("en", 400))
        local fragment = chart:layout(cx, 400, 1e6)
        if has_second then chart:layout(cx, 300, 1e6) end
        local canvas = listener()
        fragment:draw(canvas, 0, 0)
        return canvas.texts
      end
      t.equal(drawn(true), drawn(false))
    end
  end)
  t.it("would meet without the placer", function()
    local meets = labels.meets
    labels.meets = function() return false end
    local without = draw_all()
    labels.meets = meets
    t.truthy(#without.faults > 100, #without.faults .. " faults without the placer")
  end)
end)
