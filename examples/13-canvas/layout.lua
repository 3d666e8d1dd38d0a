--- Drawing by hand, from data: gradients, clips, opacity, shadows; beside it a drawing in SVG and a QR code. A canvas
--- is handed its box and the context, which knows the colours and styles of the theme.
local b = require "briefpress"

local COLD, MILD, WARM = "#2b6cb0", "#e8c468", "#c0392b"

--- A point on a circle; the year begins at the top and runs clockwise.
local function around(x, y, radius, degrees)
  local angle = math.rad(degrees - 90)
  return x + radius * math.cos(angle), y + radius * math.sin(angle)
end

--- The year as a clock: a bar for each month from its lowest to its highest temperature, drops for its rain.
local function draw_clock(months, canvas, x, y, size, cx)
  local middle_x, middle_y = x + size / 2, y + size / 2
  local inner, outer = size * 0.17, size * 0.44
  local function reach(celsius) return inner + (celsius + 5) / 40 * (outer - inner) end
  local label = cx:style("chart_label")
  local muted = cx:style("chart_label", { color = "muted", size = 7 })
  for celsius = 0, 30, 10 do -- Rings to read temperatures by.
    canvas:circle(middle_x, middle_y, reach(celsius), { stroke = cx:color "faint", line_width = 0.5 })
  end
  -- One gradient around the middle for all bars: the colour says the temperature.
  local heat = { x0 = middle_x, y0 = middle_y, x1 = middle_x, y1 = middle_y, r0 = reach(-5), r1 = reach(33),
    stops = { { 0, COLD }, { 0.45, MILD }, { 1, WARM } } }
  for i, month in months:rows() do
    local from = (i - 1) * 30
    canvas:sector(middle_x, middle_y, reach(month.high), reach(month.low), from + 4, from + 26, { fill = heat })
    local text_x, text_y = around(middle_x, middle_y, size * 0.475, from + 15)
    canvas:text(label, text_x, text_y + 3, month.name:sub(1, 3), "center")
  end
  for celsius = 0, 30, 10 do
    local text_x, text_y = around(middle_x, middle_y, reach(celsius), 0)
    canvas:circle(text_x, text_y, 6.5, { fill = cx:color "paper" })
    canvas:text(muted, text_x, text_y + 2.5, ("%d°"):format(celsius), "center")
  end
  -- Rain falls in the middle: the area of a drop is the month's rain.
  canvas:save()
  canvas:opacity(0.6)
  for i, month in months:rows() do
    local drop_x, drop_y = around(middle_x, middle_y, inner * 0.7, (i - 1) * 30 + 15)
    canvas:circle(drop_x, drop_y, math.sqrt(month.rain) * inner * 0.0185, { fill = COLD })
  end
  canvas:restore()
end

--- Hours of sun: bars that are cut out of one sky.
local function draw_sun(months, canvas, x, y, width, height, cx)
  local label = cx:style("chart_label")
  local step, foot = width / 12, y + height - 12
  local bars = {}
  for i, month in months:rows() do
    local tall = month.sun / 250 * (height - 24)
    table.move(b.rounded(x + (i - 1) * step + 2, foot - tall, step - 4, tall, 2), 1, 100, #bars + 1, bars)
  end
  canvas:save()
  canvas:clip(bars)
  canvas:rect(x, y, width, height, { fill = { x0 = 0, y0 = foot, x1 = 0, y1 = y,
    stops = { { 0, MILD }, { 1, "#f2994a" } } } })
  canvas:restore()
  for i, month in months:rows() do
    local middle = x + (i - 0.5) * step
    canvas:text(label, middle, foot - month.sun / 250 * (height - 24) - 3, b.format.number(month.sun), "center")
    canvas:text(label, middle, y + height - 2, month.name:sub(1, 1), "center")
  end
end

--- A card that stands above the page.
local function draw_card(data, canvas, x, y, width, height, cx)
  canvas:shadow(x, y, width, height, { radius = 6, blur = 14, dy = 4, color = "#14202e40" })
  canvas:rect(x, y, width, height, { fill = cx:color "paper", radius = 6 })
  local mean = data.indicators.mean_temperature:format { unit = true }
  canvas:text(cx:style("figure", { features = "-tnum" }), x + 14, y + 40, mean)
  canvas:text(cx:style("label"), x + 14, y + 57, "mean temperature of the year,")
  canvas:text(cx:style("label"), x + 14, y + 69, "half a degree above 2023")
end

return function(data)
  local months = data.tables.months
  return b.report { title = data.dataset.title, footer = false,
    b.heading { "{dataset.title}", numbered = false },
    b.text { "Each bar goes from the lowest to the highest temperature of its month; each drop in the middle is its "
      .. "rain, {rain | unit} in the whole of {rain.period}.", style = "lead" },
    b.row { widths = { "2fr", "1fr" }, gap = 20,
      b.canvas { height = 300,
        alt = "Temperatures of 2024 by month, from −4 to 10 degrees in January to 12 to 33 in July",
        draw = function(canvas, x, y, width, height, cx)
          draw_clock(months, canvas, x, y, math.min(width, height), cx)
        end },
      b.stack { gap = 16,
        b.canvas { height = 84, alt = "Mean temperature 11.4 °C, half a degree above 2023",
          draw = function(canvas, x, y, width, height, cx) draw_card(data, canvas, x, y, width, height, cx) end },
        b.image { "station.svg", caption = "Where it is measured, at the harbour." },
        b.qr { data.sources[1].url, size = "22mm", caption = "All readings" },
      },
    },
    b.heading { "The sun shone for {sun | unit}", level = 2, numbered = false },
    b.canvas { height = 215, alt = "Hours of sunshine by month: 52 in January, 241 in July, 54 in December",
      draw = function(canvas, x, y, width, height, cx) draw_sun(months, canvas, x, y, width, height, cx) end },
    b.text { "Source: {dataset.subtitle}, weather station at Harwick harbour.", style = "caption" },
  }
end
