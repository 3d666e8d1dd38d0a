-- A grid of baselines: lines of both columns stand level, whatever stands between them: a heading, a small text, a list, a
-- rule, a filled block. Both pages begin on the grid. (In the trace: each first baseline is 31.136 and a multiple of 15.)
local b = require "briefpress"

local prose = "In olden times when wishing still helped one, there lived a king whose daughters were all beautiful; and the "
  .. "youngest was so beautiful that the sun itself, which has seen so much, was astonished."

return function()
  return b.report { title = "Grid", language = "en-US", paper = { 320, 260 }, footer = false, baseline = 15,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.columns { count = 2, gap = 16,
      b.text(prose), b.heading { "A heading", level = 1, style = "h2" }, b.text(prose),
      b.text { "A small text of two lines or three, as it comes.", style = "small" }, b.text(prose), b.rule {},
      b.list { "one", "two" }, b.stack { padding = 5, fill = "accent_soft", b.text "in a stack" }, b.text(prose),
    },
    b.text(prose),
  }
end
