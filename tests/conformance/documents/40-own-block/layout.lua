--- Blocks of one's own: one that tags what it draws, one that says what it shows, ornaments, a list that goes on over
--- pages.
local b = require "briefpress"

local function steps(first, last, shared)
  return b.block {
    measure = function(_, _, width) return 60, width end,
    layout = function(_, cx, width, height)
      local style, fits = cx:style "body", math.min(last, first + math.floor(height / 20) - 1)
      if fits < first then return nil, steps(first, last, shared) end
      shared.id = shared.id or cx:unique "steps"
      local fragment = { width = width, height = (fits - first + 1) * 20 }
      function fragment.draw(_, canvas, x, y)
        canvas:begin_tag("L", { id = shared.id })
        for i = first, fits do
          local base = y + (i - first) * 20 + 14
          canvas:begin_tag "LI"
          canvas:begin_artifact "Layout"
          canvas:circle(x + 8, base - 4, 8, { fill = cx:color "accent_soft" })
          canvas:end_artifact()
          canvas:begin_tag "Lbl"
          canvas:text(style, x + 8, base, tostring(i), "center")
          canvas:end_tag()
          canvas:begin_tag "LBody"
          canvas:text(style, x + 24, base, "Step " .. i)
          canvas:end_tag()
          canvas:end_tag()
        end
        canvas:end_tag()
      end
      return fragment, fits < last and steps(fits + 1, last, shared) or nil
    end,
  }
end

local function bar(alt)
  return b.block {
    layout = function(_, cx, width)
      return { width = width, height = 12, locate = false, draw = function(_, canvas, x, y)
        if alt then
          canvas:begin_tag("Figure", { alt = alt, box = { x, y, width / 2, 12 } })
        else
          canvas:begin_artifact "Layout"
        end
        canvas:rect(x, y, width / 2, 12, { fill = cx:color "accent" })
        if alt then canvas:end_tag() else canvas:end_artifact() end
      end }
    end,
  }
end

local function square(spec)
  function spec.layout(_, cx, width)
    return { width = width, height = 20, locate = false, draw = function(_, canvas, x, y)
      canvas:rect(x, y, 20, 20, { fill = cx:color "accent_soft" })
      canvas:text(cx:style "body", x + 6, y + 14, "n")
    end }
  end
  return b.block(spec)
end

return function()
  return b.report {
    title = "Own blocks", paper = "A6",
    b.heading "Steps", steps(1, 45, {}), bar "Half of it", bar(), b.row { bar "A part", "Beside it." },
    square { alt = "A square with the letter n" }, square { decorative = true },
    b.stack { padding = 6, fill = "accent_soft", steps(1, 3, {}) },
  }
end
