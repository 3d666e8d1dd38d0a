-- A soft hyphen shows where its line ends there and nowhere else; no other hyphen comes into its word. A part of a word
-- is shaped for itself: no ligature reaches over a hyphen. Characters that forbid a line end are kept.
local b = require "briefpress"
local engine = require "briefpress.engine"

local prose = "Accredi\u{ad}tation of\u{ad}fices, accreditation offices, accredi\u{2060}tation of\u{2060}fices, "
  .. "10\u{a0}offices."

--- A paragraph as the engine sets it, at a width.
local function set(text, width, options)
  return b.block {
    measure = function() return width, width end,
    layout = function(_, cx)
      local style = cx:style("body", { size = 10, color = "#000000", font = "mono" })
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
  return b.report { title = "Soft hyphens", language = "en-US", paper = { 260, 420 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    set(prose, 60, {}),
    set(prose, 90, { align = "justify" }),
    set(prose, 90, { align = "justify", hyphenate = false }),
  }
end
