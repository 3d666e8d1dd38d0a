-- Marks and open letters hang out of straight edges, by as much as is usual and by half of it; of a ragged text at its
-- straight edge alone.
local b = require "briefpress"
local engine = require "briefpress.engine"

local prose = "“Nothing,” she said, “is so late; yet Tomorrow, they say — if ever — is soon.” Why, then, was it that, year by year, "
  .. "“again” was all she heard? A voice. Yes, a voice, faint, far away, and high-pitched; a very old, well-known voice."

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
  return b.report { title = "Protrusion", language = "en-US", paper = { 300, 460 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    set(prose, 180, { align = "justify", protrusion = 1 }),
    set(prose, 180, { align = "justify", protrusion = 0.5 }),
    set(prose, 180, { align = "left", protrusion = 1 }),
    set(prose, 180, { align = "right", protrusion = 1 }),
  }
end
