--- The neutral theme: one ink, one accent, greys; Inter for Latin, Noto Sans CJK for Han. Distances are multiples of
--- four points.
local families = { "Inter", "Noto Sans CJK SC", "DejaVu Sans" }

return {
  name = "plain",
  colors = {
    paper = "#ffffff", ink = "#14202e", text = "#1f2933", muted = "#52606d", faint = "#c5ccd3",
    accent = "#1f4e79", accent_soft = "#eef2f6", on_accent = "#ffffff",
    series = { "#1f4e79", "#7d9cba", "#b8bfc6", "#46586a", "#a9c0d6", "#8a949e" },
  },
  fonts = {
    body = families, heading = families, figures = families,
    mono = { "DejaVu Sans Mono", "Noto Sans CJK SC", "DejaVu Sans" },
  },
  type = {
    cover_title = { font = "heading", size = 32, leading = 38, weight = 600, color = "ink", tracking = -12,
      space_after = 12 },
    cover_subtitle = { font = "heading", size = 14, leading = 20, color = "muted", space_after = 8 },
    h1 = { font = "heading", size = 19, leading = 24, weight = 600, color = "ink", tracking = -8,
      space_before = 32, space_after = 12 },
    h2 = { font = "heading", size = 13, leading = 18, weight = 600, color = "ink", tracking = -3,
      space_before = 24, space_after = 6 },
    h3 = { font = "heading", size = 10.5, leading = 14, weight = 600, color = "ink", space_before = 16,
      space_after = 4 },
    lead = { font = "body", size = 12.5, leading = 19, color = "ink", space_after = 12 },
    body = { font = "body", size = 10, leading = 15, color = "text", space_after = 8 },
    small = { font = "body", size = 8.5, leading = 12, color = "text", space_after = 6 },
    footnote = { font = "body", size = 8, leading = 11, color = "text", space_after = 3 },
    caption = { font = "body", size = 7.5, leading = 10.5, color = "muted", space_before = 4, space_after = 4 },
    label = { font = "body", size = 8.5, leading = 12, color = "text" },
    figure = { font = "figures", size = 30, leading = 36, weight = 500, color = "ink", tracking = -15,
      features = "tnum" },
    figure_unit = { font = "figures", size = 9.5, leading = 12, color = "muted" },
    table = { font = "body", size = 8.5, leading = 12, color = "text", features = "tnum" },
    table_head = { font = "body", size = 8, leading = 11, weight = 600, color = "ink", features = "tnum" },
    header = { font = "body", size = 7.5, leading = 10, color = "muted" },
    footer = { font = "body", size = 7.5, leading = 10, color = "muted", features = "tnum" },
    chart_title = { font = "heading", size = 10.5, leading = 14, weight = 600, color = "ink", space_after = 2 },
    chart_subtitle = { font = "body", size = 8.5, leading = 12, color = "muted", space_after = 4 },
    chart_label = { font = "figures", size = 8, leading = 11, color = "text", features = "tnum" },
    quote = { font = "body", size = 12, leading = 18, italic = true, color = "ink", space_before = 12,
      space_after = 12 },
    contents = { font = "body", size = 10, leading = 16, color = "text", features = "tnum" },
    source = { font = "body", size = 8.5, leading = 12, color = "text" },
    code = { font = "mono", size = 8, leading = 12, color = "text", align = "left", hyphenate = false,
      space_before = 8, space_after = 14 },
    smallcaps = { caps = "small", tracking = 20 },
  },
  space = { unit = 4, gap = 20, block = 16, section = 32 },
  page = { paper = "A4", margins = { top = 68, right = 64, bottom = 72, left = 64 } },
  languages = {
    zh = {
      type = {
        cover_title = { tracking = 0 }, h1 = { tracking = 0 }, h2 = { tracking = 0 },
        lead = { size = 12, leading = 20.5 },
        body = { size = 10, leading = 17, align = "justify" },
        quote = { italic = false },
      },
    },
  },
}
