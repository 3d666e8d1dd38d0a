-- A statistical yearbook: one loop over the data makes parts, chapters and sections; contents, lists of figures and
-- tables, references, the glossary and the index follow from what is in them.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  colors = { ink = "#10312f", accent = "#0b6e63", accent_soft = "#e8f1ef",
    series = { "#0b6e63", "#c9822b", "#6a7f8f", "#9fb8a8" } },
  type = { h1 = { size = 26, leading = 32, space_after = 10 }, h2 = { size = 14, leading = 18, space_before = 26 } },
})
local YEARS = { "2015", "2018", "2020", "2022", "2023", "2024" }

--- The items of a list such as "forest,built".
local function split(list)
  local items = {}
  for item in list:gmatch "[^,]+" do items[#items + 1] = item end
  return items
end

--- Indicators in rows, years in columns. Each cell is a placeholder, so that its figure enters the ledger.
local function table_of(ids, data)
  local columns, rows = { { title = "", stub = true, width = "1fr", align = "left" } }, {}
  for i, year in ipairs(YEARS) do columns[i + 1] = { title = year, align = "right" } end
  for r, id in ipairs(ids) do
    local unit = data.indicators[id].symbol
    rows[r] = { "{" .. id .. ".label}" .. (unit ~= "" and ", " .. unit or "") }
    for i, year in ipairs(YEARS) do rows[r][i + 1] = ("{%s.value | period=%s}"):format(id, year) end
  end
  return ids[1] and b.table { columns = columns, rows = rows, source = data.indicators[ids[1]] }
end

local charts = {
  line = function(ids, height) return b.chart.line { ids, height = height } end,
  area = function(ids, height) return b.chart.area { ids, height = height, stacked = true } end,
  bars = function(ids, height)
    return b.chart.bar { ids[1], periods = true, direction = "vertical", height = height }
  end,
  districts = function(_, _, data)
    return b.chart.bar { rows = data.tables.districts, x = "district", y = "population", source = data.sources.office,
      height = 265 }
  end,
}

--- A section is a page: words, its figure and its table. The figure is as high as the title of the chapter and the rows
--- of the table leave room for. References in the words lead to "ID-chart" and "ID-table".
local function section(row, data, is_first)
  local ids = split(row.rows)
  local height = (is_first and 300 or 382) - 19 * (#ids - 3)
  local sheet, of = table_of(ids, data), row.title .. ", 2015 to 2024"
  if #ids == 0 then
    sheet, of = b.table { rows = data.tables.districts, units = true, source = data.sources.office,
      total = { district = "Velmark", area = "8,420", population = "{population.value}" } }, data.tables.districts.title
  end
  return b.section { title = row.title, id = row.id, break_before = not is_first,
    row.text,
    b.captioned { id = row.id .. "-chart", caption = row.message, charts[row.chart](split(row.shown), height, data) },
    row.more,
    b.captioned { id = row.id .. "-table", caption = of, sheet },
  }
end

local function chapter(id, data)
  local spec = { title = data.themes[id].title, id = id, break_before = true,
    b.text { data.themes[id].summary, style = "lead" } }
  for _, row in data.tables.sections:rows() do
    if row.theme == id then spec[#spec + 1] = section(row, data, #spec == 1) end
  end
  return b.section(spec)
end

--- The cover: a line for each indicator, from its least to its greatest value.
local function lines_of(data)
  return b.canvas { draw = function(canvas, _, _, width, height)
    canvas:rect(0, 0, width, height, { fill = "#10312f" })
    for i, indicator in ipairs(data.indicators) do
      local series, least, most = indicator:series(), math.huge, -math.huge
      for _, seen in ipairs(series) do least, most = math.min(least, seen.value), math.max(most, seen.value) end
      local path = {}
      for k, seen in ipairs(series) do
        local y = height * (0.30 + 0.017 * i) - 60 * (seen.value - least) / (most - least)
        table.move({ k == 1 and "M" or "L", width * (k - 1) / (#series - 1), y }, 1, 3, #path + 1, path)
      end
      canvas:path(path, { stroke = i % 6 == 1 and "#e0a458" or "#3f7f78", line_width = i % 6 == 1 and 1.4 or 0.7 })
    end
  end }
end

--- Running titles: the chapter on left-hand pages, the section on right-hand ones, the number outside.
local function header(page)
  local is_left, title = page.side == "left", page.first_titles[page.side == "left" and 1 or 2] or page.section
  return b.text { is_left and ("**%s**  %s"):format(page.label, title) or ("%s  **%s**"):format(title, page.label),
    style = "header", align = page.side }
end

return function(data)
  local body = { numbers = "1" }
  for _, row in data.tables.parts:rows() do
    local part = { title = row.title, id = row.id, text = row.text, start = "right" }
    for _, id in ipairs(split(row.themes)) do part[#part + 1] = chapter(id, data) end
    body[#body + 1] = b.part(part)
  end
  body[#body + 1] = b.appendix { title = "Indicators", id = "indicators", break_before = true,
    "What each figure of this yearbook means, where it is from, and where it stands.",
    b.glossary { title = false, columns = 2 } }
  body[#body + 1] = b.appendix { title = "Sources", b.sources { title = false } }
  body[#body + 1] = b.section { title = "Index", numbered = false, break_before = true,
    b.index { title = false, columns = 3 } }
  return b.report {
    title = data.dataset.title .. " " .. data.dataset.subtitle, author = data.dataset.publisher, theme = theme,
    facing = true, numbered = true, caption_numbers = "chapter", header = header, footer = false,
    margins = { top = 72, bottom = 64, inner = 76, outer = 64 },
    b.cover { background = lines_of(data), align = "top", margins = { top = 90 },
      b.text { data.dataset.title, style = "cover_title", color = "#ffffff" },
      b.text { data.dataset.subtitle .. " · sample data", style = "cover_subtitle", color = "#e0a458" } },
    b.page { numbers = "i", start = "right",
      b.heading { "Contents", numbered = false, contents = false },
      b.contents { title = false, depth = 2, leader = true },
      b.page_break(),
      b.listing { kind = "figure", leader = true }, b.listing { kind = "table", leader = true } },
    b.page(body),
  }
end
