--- A square to scale: as many small squares as there are hectares, in rows of the square's side, with its length below.
--- It makes an area of land something that can be seen.
local b = require "briefpress"

---@param spec {count:integer, side:string, alt:string, width:number}  `side` is the length as text.
return function(spec)
  local columns = math.ceil(math.sqrt(spec.count))
  local rows = math.ceil(spec.count / columns)
  local cell = spec.width / columns
  local foot = 16
  return b.canvas {
    width = spec.width, height = rows * cell + foot, alt = spec.alt, space_after = 0,
    draw = function(canvas, x, y, width, _, cx)
      local ink, line = cx:color "ink", cx:color "muted"
      for i = 0, spec.count - 1 do
        local column, row = i % columns, i // columns
        canvas:rect(x + column * cell, y + row * cell, cell - 1.2, cell - 1.2, { fill = ink })
      end
      local bottom, right = y + rows * cell + 6, x + width - 1.2
      local style = cx:style "caption"
      local half = require("briefpress.engine").text.width(style, spec.side) / 2 + 4
      local middle = (x + right) / 2
      for _, from in ipairs { { x, middle - half }, { middle + half, right } } do
        canvas:line(from[1], bottom, from[2], bottom, { stroke = line, line_width = 0.5 })
      end
      canvas:line(x, bottom - 3, x, bottom + 3, { stroke = line, line_width = 0.5 })
      canvas:line(right, bottom - 3, right, bottom + 3, { stroke = line, line_width = 0.5 })
      canvas:text(style, middle, bottom + 2.5, spec.side, "center")
    end,
  }
end
