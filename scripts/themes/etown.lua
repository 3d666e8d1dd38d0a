--- The look of the flagship: deep ink on white paper, one accent of vermilion, neutral greys, Inter in
--- three weights (400, 500, 600). The type scale has few steps: 7.2, 8.5, 10, 13, 25 and 42 points.
local b = require "briefpress"

local ink, accent = "#12263f", "#c2402a"
local text, muted, faint = "#252a31", "#636b76", "#cfd4da"

local sans = { "Inter", "Noto Sans CJK SC", "DejaVu Sans" }

return b.theme(require "themes.plain", {
  name = "etown",

  colors = {
    paper = "#ffffff",
    ink = ink,
    text = text,
    muted = muted,
    faint = faint,
    accent = accent,
    accent_soft = "#f6e7e3",
    on_accent = "#ffffff",
    shadow = "#14202e33",
    series = { ink, accent, "#8d97a5", "#c3c9d1", "#5b6f8a", "#e2a597" },
  },

  fonts = { body = sans, heading = sans, figures = sans, mono = { "DejaVu Sans Mono", "Inter", "Noto Sans CJK SC" } },

  type = {
    cover_title = {
      font = "heading", size = 42, leading = 46, weight = 600, color = "on_accent",
      tracking = -20,
    },
    cover_subtitle = { font = "body", size = 13, leading = 19, weight = 400, color = "on_accent" },
    h1 = {
      font = "heading", size = 25, leading = 31.5, weight = 600, color = "ink", tracking = -14,
      space_before = 35, space_after = 14,
    },
    h2 = {
      font = "heading", size = 13, leading = 17.5, weight = 600, color = "ink",
      space_before = 21, space_after = 5,
    },
    h3 = {
      font = "heading", size = 10, leading = 14, weight = 600, color = "ink", space_before = 14,
      space_after = 3,
    },
    lead = {
      font = "body", size = 13, leading = 19.5, weight = 400, color = "ink", space_after = 14,
    },
    body = {
      font = "body", size = 10, leading = 14, weight = 400, color = "text", space_after = 7,
    },
    small = {
      font = "body", size = 8.5, leading = 12, weight = 400, color = "text", space_after = 4,
    },
    side_note = { font = "body", size = 7.8, leading = 11, weight = 400, color = "muted" },
    footnote = { font = "body", size = 7.8, leading = 11, weight = 400, color = "text", space_after = 3 },
    note = {
      font = "body", size = 8.5, leading = 12, weight = 400, color = "text", space_after = 5,
    },
    caption = { font = "body", size = 7.2, leading = 10.5, weight = 400, color = "muted" },
    label = { font = "body", size = 8.5, leading = 12, weight = 400, color = "muted" },
    figure = {
      font = "figures", size = 25, leading = 28, weight = 600, color = "ink",
      tracking = -10,
    },
    figure_unit = { font = "figures", size = 10, leading = 14, weight = 600, color = "ink" },
    table = {
      font = "body", size = 8.5, leading = 12, weight = 400, color = "text", features = "tnum",
    },
    table_small = {
      font = "body", size = 7.8, leading = 11, weight = 400, color = "text", features = "tnum",
    },
    table_head = { font = "body", size = 7.2, leading = 10.5, weight = 600, color = "muted" },
    header = { font = "body", size = 7.2, leading = 10.5, weight = 400, color = "muted" },
    footer = {
      font = "body", size = 7.2, leading = 10.5, weight = 400, color = "muted",
      features = "tnum",
    },
    chart_title = { font = "heading", size = 10, leading = 14, weight = 600, color = "ink" },
    chart_subtitle = {
      font = "body", size = 8.5, leading = 12, weight = 400, color = "muted", space_after = 7,
    },
    chart_label = {
      font = "body", size = 8.5, leading = 12, weight = 400, color = "text", features = "tnum",
    },
    contents = {
      font = "body", size = 10, leading = 19, weight = 400, color = "text", features = "tnum",
    },
    source = { font = "body", size = 8.5, leading = 12, weight = 400, color = "text" },
    quote = {
      font = "body", size = 13, leading = 19.5, weight = 400, color = "ink", italic = false,
    },
  },

  -- Chinese characters fill their squares: they are set a little larger than letters, and lines farther apart.
  languages = {
    zh = {
      type = {
        cover_title = { tracking = 0 },
        cover_subtitle = { size = 14, leading = 22 },
        h1 = { tracking = 0 },
        h2 = { leading = 20, space_before = 22, space_after = 6 },
        lead = { leading = 22.5 },
        body = { size = 10.5, leading = 18, space_after = 9 },
        small = { size = 9, leading = 14.5 },
        note = { size = 9, leading = 14.5, space_after = 6 },
        caption = { size = 7.6, leading = 12 },
        label = { size = 9, leading = 14 },
        table = { size = 9, leading = 13.5 },
        table_small = { size = 8, leading = 11.5 },
        table_head = { size = 7.6, leading = 11 },
        chart_title = { size = 10.5, leading = 16 },
        chart_subtitle = { size = 9, leading = 14 },
        chart_label = { size = 9, leading = 13 },
        source = { size = 9, leading = 14.5 },
        contents = { size = 10.5, leading = 19.5 },
      },
    },
  },

  space = { unit = 7, gap = 24, block = 14, section = 28, shadow = 8 },

  phrases = {
    en = { estimated = "estimated here" },
    zh = { estimated = "据此估算" },
  },

  page = { paper = "A4", margins = { top = 70, right = 62, bottom = 70, left = 62 } },
})
