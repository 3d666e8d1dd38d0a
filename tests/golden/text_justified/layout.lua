-- Justified lines are divided as a whole: without hyphens where that is well (the first), with them where spaces would be
-- too wide; no hyphen stands before the last line, and line by line (the last) is less even.
local b = require "briefpress"
local engine = require "briefpress.engine"

local prose = "In olden times when wishing still helped one, there lived a king whose daughters were all beautiful; and the "
  .. "youngest was so beautiful that the sun itself, which has seen so much, was astonished whenever it shone in her face."
local dense = "Accredited institutions representing international organizations are developing characteristic "
  .. "technologies, notwithstanding considerable administrative difficulties; commercialization and "
  .. "internationalization remain indispensable preconditions of sustainable regional development."

--- A paragraph as the engine sets it, at a width.
local function set(text, width, options)
  return b.block {
    measure = function() return width, width end,
    layout = function(_, cx)
      local style = cx:style("body", { size = 10, color = "#000000" })
      options.spans = { { style = style, text = text } }
      local paragraph = engine.text.paragraph(options)
      local lines, height = paragraph:layout(width)
      return {
        width = width, height = height,
        draw = function(_, canvas, x, y)
          canvas:begin_tag "P"
          canvas:paragraph(paragraph, x, y, 1, lines)
          canvas:end_tag()
        end,
      }
    end,
  }
end

return function()
  return b.report { title = "Justified", language = "en-US", paper = { 300, 560 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    set(prose, 250, { align = "justify" }),
    set(dense, 180, { align = "justify" }),
    set(dense, 180, { align = "justify", hyphenate = false }),
    set(dense, 180, { align = "justify", greedy = true }),
  }
end
