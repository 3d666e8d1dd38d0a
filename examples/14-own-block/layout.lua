--- Blocks of one's own: a line of all observations, small enough to stand beside a figure, and steps, which go on over
--- pages (steps.lua). They keep the same two promises as the shipped blocks, `measure` and `layout`, and so they nest,
--- flow and are tagged like them. scripts/briefpress/BLOCKS.md tells all of it.
local b = require "briefpress"
local steps = require "steps"

--- The points of a line through `values` in a box, lowest value at the bottom.
local function path_of(values, x, y, width, height)
  local least, most = math.min(table.unpack(values)), math.max(table.unpack(values))
  local path = {}
  for i, value in ipairs(values) do
    path[#path + 1] = i == 1 and "M" or "L"
    path[#path + 1] = x + (i - 1) / (#values - 1) * width
    path[#path + 1] = y + height - (value - least) / (most - least) * height
  end
  return path
end

local function sparkline(indicator)
  local values, said, height = {}, {}, 26
  for i, point in ipairs(indicator:series()) do
    values[i], said[i] = point.value, point.period .. ": " .. b.format.number(point.value)
  end
  return b.block {
    -- All that it draws is one figure, and this is what is read of it.
    alt = indicator.label .. " by year. " .. table.concat(said, "; "),
    measure = function(_, _, width) return 40, width end,
    layout = function(self, cx, width, available)
      if height > available then return nil, self end
      return {
        width = width,
        height = height,
        draw = function(_, canvas, x, y)
          local path = path_of(values, x + 2, y + 2, width - 4, height - 4)
          canvas:path(path, { stroke = cx:color "accent", line_width = 1.2, join = "round", cap = "round" })
          canvas:circle(path[#path - 1], path[#path], 2, { fill = cx:color "accent" })
        end,
      }
    end,
  }
end

return function(data)
  local rows = {}
  for i, indicator in ipairs(data.indicators) do
    rows[i] = b.row { widths = { "1fr", "2fr" }, align = "bottom", b.figure { indicator.id, size = 22, change = true },
      sparkline(indicator) }
  end
  return b.report {
    title = data.dataset.title, paper = "A5 landscape", footer = false,
    margins = { top = 40, bottom = 32, left = 56, right = 56 },
    b.heading "Back, nearly",
    b.text "The year 2020 shows in both lines. Events have recovered altogether, visits have not.",
    -- A block of one's own stands in a row, and in a box, as any other does.
    b.row {
      widths = { "11fr", "9fr" }, gap = 28, b.stack { rows },
      b.stack {
        padding = 14, fill = "accent_soft", gap = 9, b.text { "How it was counted", style = "label", weight = 600 },
        steps {
          "Each house reports the visits of the year before by **1 March**.",
          "Events count where they are open to all, whatever they cost.",
          "Figures stay as published; a later count is a new edition.",
        },
      },
    },
    b.fill(),
    b.sources {},
  }
end
