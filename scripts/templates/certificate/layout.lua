--- Certificates: a page for each row of a table, A4 landscape. The border is drawn on the canvas, under every page.
--- With -d participants=list.csv the rows come from a CSV file; -p only=2025-043 prints one of them.
local b = require "briefpress"

local theme = b.theme(require "themes.plain", {
  name = "certificate",
  colors = { accent = "#7a5a1e", accent_soft = "#e6d9bd" },
  type = {
    h1 = { size = 54, leading = 64, weight = 400, align = "center", space_before = 0, space_after = 24, tracking = 10 },
    name = { like = "h1", size = 44, leading = 54, weight = 600, color = "accent", tracking = -5,
      space_before = 14, space_after = 16 },
    lead = { size = 17, leading = 26, align = "center", space_after = 4 },
    caption = { size = 9, leading = 13, align = "center" },
  },
})

--- Two frames, and a rosette of thirty-six circles where a seal would be.
local function border()
  return b.canvas { draw = function(canvas, x, y, width, height, cx)
    local dark, soft = cx:color "accent", cx:color "accent_soft"
    canvas:rect(x + 26, y + 26, width - 52, height - 52, { stroke = dark, line_width = 1.6 })
    canvas:rect(x + 33, y + 33, width - 66, height - 66, { stroke = dark, line_width = 0.5 })
    for _, corner in ipairs { { 33, 33 }, { width - 33, 33 }, { 33, height - 33 }, { width - 33, height - 33 } } do
      canvas:circle(x + corner[1], y + corner[2], 9, { fill = "#ffffff", stroke = dark, line_width = 0.8 })
      canvas:circle(x + corner[1], y + corner[2], 4, { fill = dark })
    end
    for i = 1, 36 do
      local angle = i * math.pi / 18
      local across, down = 20 * math.cos(angle), 20 * math.sin(angle)
      canvas:circle(x + width / 2 + across, y + 92 + down, 14, { stroke = soft, line_width = 0.5 })
    end
    canvas:circle(x + width / 2, y + 92, 9, { fill = dark })
  end }
end

--- A line to sign on, with what stands below it.
local function line(text)
  return b.stack { gap = 4, b.rule { color = "muted" }, b.text { text, style = "caption" } }
end

local function certificate(row, params)
  local result = row.grade ~= "" and row.grade and " and passed it **" .. row.grade .. "**" or ""
  return {
    b.heading { "Certificate", id = "certificate-" .. row.number },
    b.text { "The Red Cross of Lindenau certifies that", style = "lead" },
    b.text { row.name, style = "name" },
    b.text { ("took part in the course **{params.course}** of %d hours%s."):format(row.hours, result),
      style = "lead" },
    b.fill(),
    b.row { widths = { "1fr", "1fr", "1fr" }, gap = 60,
      line(b.format.date(params.held, { style = "long" })),
      line "{params.trainer}, trainer", line("No. " .. row.number) },
  }
end

return b.layout {
  title = "Certificates", description = "A certificate for each row of the table of participants.",
  params = {
    course = { default = "First aid at work", description = "What was learned" },
    held = { type = "date", default = "2025-04-12", description = "The last day of the course" },
    trainer = { default = "Ingrid Solheim", description = "Who signs" },
    only = { type = "string", description = "The number of one certificate, to print it alone" },
  },
  function(data, params)
    local pages = {}
    for _, row in data.tables.participants:rows() do
      if not params.only or params.only == row.number then
        if #pages > 0 then pages[#pages + 1] = b.page_break() end
        pages[#pages + 1] = certificate(row, params)
      end
    end
    if #pages == 0 then error(('no participant has the number "%s"'):format(params.only), 0) end
    return b.report {
      title = data.dataset.title, theme = theme, paper = "A4 landscape", footer = false, background = border,
      margins = { top = "50mm", right = "40mm", bottom = "27mm", left = "40mm" },
      pages,
    }
  end,
}
