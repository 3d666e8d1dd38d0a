--- A batch of certificates: a page for each row, A4 landscape, with a border of waves drawn on the canvas. `b.each`
--- makes a page when its turn comes and forgets it, so ten thousand take no more memory than ten. The rows may come
--- from a CSV file (-d readers=list.csv); parameters say what is the same on all of them.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  name = "certificate",
  colors = { ink = "#12372f", accent = "#1f6b58", accent_soft = "#bfd9d0" },
  type = {
    h1 = { size = 15, leading = 20, weight = 600, align = "center", color = "accent", tracking = 120,
      space_after = 26 },
    name = { like = "h1", size = 46, leading = 56, color = "ink", tracking = -10, space_before = 14, space_after = 18 },
    lead = { size = 17, leading = 27, align = "center", space_after = 4 },
    caption = { size = 9, leading = 13, align = "center" },
  },
})

local WAVES, STEP, SWING = 5, 3, 7

--- One side of the border: waves that cross each other, from (x, y) along an axis. Whole waves, so that corners meet.
local function side(canvas, x, y, length, is_upright, color)
  local turns = math.floor(length / 34 + 0.5)
  for wave = 1, WAVES do
    local path, shift = {}, wave * math.pi / WAVES
    for at = 0, length, length / math.floor(length / STEP) do
      local off = SWING * math.sin(at / length * turns * 2 * math.pi + shift)
      path[#path + 1] = #path == 0 and "M" or "L"
      path[#path + 1] = is_upright and x + off or x + at
      path[#path + 1] = is_upright and y + at or y + off
    end
    canvas:path(path, { stroke = color, line_width = 0.45, join = "round" })
  end
end

local function border()
  return b.canvas { draw = function(canvas, x, y, width, height, cx)
    local dark, soft, edge = cx:color "accent", cx:color "accent_soft", 34
    local wide, tall = width - 2 * edge, height - 2 * edge
    for _, level in ipairs { edge, height - edge } do side(canvas, x + edge, y + level, wide, false, soft) end
    for _, level in ipairs { edge, width - edge } do side(canvas, x + level, y + edge, tall, true, soft) end
    for _, inset in ipairs { edge - 11, edge + 11 } do
      canvas:rect(x + inset, y + inset, width - 2 * inset, height - 2 * inset, { stroke = dark, line_width = 0.8 })
    end
  end }
end

local function line(text)
  return b.stack { gap = 4, b.rule { color = "muted" }, b.text { text, style = "caption" } }
end

return b.layout {
  title = "Certificates", description = "One page for each row of the table \"readers\".",
  params = {
    season = { default = "summer of 2025", description = "When the books were read" },
    signed = { default = "Ruth Adler", description = "Who signs" },
    issued = { type = "date", default = "2025-09-05", description = "The day they are handed over" },
    distinction = { type = "integer", min = 1, default = 20, description = "Books from which a distinction is given" },
  },
  function(data, params)
    local function certificate(row)
      local is_distinguished = row.books >= params.distinction
      return {
        b.heading { is_distinguished and "CERTIFICATE WITH DISTINCTION" or "CERTIFICATE", bookmark = false },
        b.text { "The town library congratulates", style = "lead" },
        b.text { row.name, style = "name" },
        b.text { ("who read **%s books** in the {params.season}"):format(b.format.number(row.books)), style = "lead" },
        b.text { ("and liked *%s* best."):format(row.favourite), style = "lead" },
        b.fill(),
        b.row { gap = 120, line(b.format.date(params.issued, { style = "long" })), line "{params.signed}, librarian" },
      }
    end
    return b.report {
      title = data.dataset.title, theme = theme, paper = "A4 landscape", footer = false, background = border,
      margins = { top = "42mm", right = "50mm", bottom = "34mm", left = "50mm" },
      b.each(data.tables.readers, certificate, { page = true }),
    }
  end,
}
