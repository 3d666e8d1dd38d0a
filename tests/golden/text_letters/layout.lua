-- Letters move apart with the spaces of a line, and together with them, so that spaces are more even; never by more than
-- they are allowed (in the trace: thousandths of an em).
local b = require "briefpress"
local engine = require "briefpress.engine"

local prose = "Accredited institutions representing international organizations are developing characteristic "
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
  return b.report { title = "Letters", language = "en-US", paper = { 300, 500 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    set(prose, 150, { align = "justify" }),
    set(prose, 150, { align = "justify", letter_stretch = 0.03, letter_shrink = 0.015 }),
    set(prose, 150, { align = "justify", letter_stretch = 0.01, space_stretch = 0.8, space_shrink = 0 }),
  }
end
