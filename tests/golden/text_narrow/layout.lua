-- Columns so narrow that nothing is well: words are hyphenated in any text before they are cut, and what has no hyphens
-- is cut between its letters, never left to stick out; a line that has no space stays short.
local b = require "briefpress"
local engine = require "briefpress.engine"

local prose = "The accreditation of representatives: https://www.example.org/accreditation/2022 and Donaudampfschiff."

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
  return b.report { title = "Narrow", language = "en-US", paper = { 260, 1300 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    set(prose, 60, { align = "justify" }),
    set(prose, 60, {}),
    set(prose, 40, { align = "justify", hyphenate = false }),
    set(prose, 40, { align = "justify", tolerance = 20 }),
  }
end
