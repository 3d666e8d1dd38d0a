-- The same page of prose as prose.tex and prose.typ: Inter 10 on 14, justified, at a measure of -p measure= points.
-- -p style=KEY=NUMBER,KEY=NUMBER gives the style more properties.
local b = require "briefpress"

return function(data, params)
  local body = { size = 10, leading = 14, align = "justify", color = "#000000", space_before = 0, space_after = 7 }
  for key, value in (params.style or ""):gmatch("([%w_]+)=([%d.-]+)") do body[key] = tonumber(value) end
  local theme = b.theme(require "themes.plain", { fonts = { body = { "Inter" } }, type = { body = body } })
  local paragraphs = {}
  for _, row in data.tables.prose:rows() do paragraphs[#paragraphs + 1] = b.text(row.text) end
  return b.report {
    title = "A page of prose",
    language = "en-US",
    paper = { tonumber(params.measure) + 72, 2400 },
    margins = { top = 36, right = 36, bottom = 36, left = 36 },
    theme = theme,
    footer = false,
    paragraphs,
  }
end
