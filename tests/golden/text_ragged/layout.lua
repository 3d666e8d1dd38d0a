-- Ragged lines are kept even in as few lines as line by line (the last two) would take; no word stands alone on the last
-- line; a centred text is balanced. Hyphens only where they are asked for.
local b = require "briefpress"
local engine = require "briefpress.engine"

local prose = "In olden times when wishing still helped one, there lived a king whose daughters were all beautiful; and the "
  .. "youngest was so beautiful that the sun itself, which has seen so much, was astonished whenever it shone in her face."

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
  return b.report { title = "Ragged", language = "en-US", paper = { 300, 740 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    set(prose, 220, {}),
    set("Environment for innovation and entrepreneurship", 220, {}),
    set("Environment for innovation and entrepreneurship", 220, { align = "center" }),
    set(prose, 150, { align = "right" }),
    set(prose, 110, { hyphenate = true }),
    set(prose, 140, {}),
    set(prose, 140, { greedy = true }),
  }
end
