--- The cover's drawing: one dot for each thing that is counted, laid out as the seeds of a sunflower, so that any number
--- fills a disc evenly. Waves that spread from one dot swell and shrink the others, as a signal would. Only the number
--- comes from the data: another count gives another disc.
local b = require "briefpress"

local GOLDEN = math.pi * (3 - math.sqrt(5)) -- The angle from one seed to the next.
local WAVES, FADE = 3.2, 0.55               -- Waves in a radius, and how much of their height the farthest loses.
local SIZES = 12                            -- Dots come in this many sizes, each drawn at one go.
local LEAST, MOST = 0.16, 0.76              -- Their radii, where 1 is half the distance between dots, nearly.
local ORIGIN = { x = -0.62, y = -0.5 }      -- Where the waves start, in radii from the centre.

--- How far a dot is swollen, 0 to 1. `x` and `y` in radii from the centre.
local function swell(x, y)
  local distance = math.sqrt((x - ORIGIN.x) ^ 2 + (y - ORIGIN.y) ^ 2)
  local wave = 0.5 + 0.5 * math.cos(2 * math.pi * distance * WAVES)
  return wave ^ 0.8 * (1 - FADE * distance / 2), distance
end

--- A block for the background of a cover. Lengths are points on the page.
---@param spec {count:integer, x:number, y:number, radius:number, paper:string, dot:string, origin:string}
return function(spec)
  return b.canvas {
    draw = function(canvas, left, top, width, height, cx)
      canvas:rect(left, top, width, height, { fill = cx:color(spec.paper) })
      local count, radius = spec.count, spec.radius
      local area = radius / math.sqrt(count)
      local sizes, origin, nearest = {}, nil, math.huge
      for i = 1, SIZES do sizes[i] = {} end
      for i = 0, count - 1 do
        local r, angle = math.sqrt((i + 0.5) / count), i * GOLDEN
        local x, y = r * math.cos(angle), r * math.sin(angle)
        local share, distance = swell(x, y)
        local list = sizes[1 + math.floor(share * (SIZES - 1) + 0.5)]
        list[#list + 1] = left + spec.x + x * radius
        list[#list + 1] = top + spec.y + y * radius
        if distance < nearest then origin, nearest = { list, #list }, distance end
      end
      local list, at = table.unpack(origin)
      local y, x = table.remove(list, at), table.remove(list, at - 1)
      for i, centers in ipairs(sizes) do
        local size = area * (LEAST + (MOST - LEAST) * (i - 1) / (SIZES - 1))
        if #centers > 0 then canvas:dots(centers, size, cx:color(spec.dot)) end
      end
      canvas:dots({ x, y }, area * MOST, cx:color(spec.origin))
    end,
  }
end
