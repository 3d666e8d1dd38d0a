--- The cover's drawing: one dot for each thing that is counted, laid out as the seeds of a sunflower, so that any number
--- fills a disc evenly. Waves that spread from one dot swell and shrink the others, as a signal would. Only the number
--- comes from the data: another count gives another disc.
local b = require "briefpress"

local cos = math.cos

local GOLDEN = math.pi * (3 - math.sqrt(5)) -- The angle from one seed to the next.
local TURN_X, TURN_Y = cos(GOLDEN), math.sin(GOLDEN)
local WAVES <const>, FADE <const> = 3.2, 0.55    -- Waves in a radius, and what the farthest loses of their height.
local SIZES <const> = 12                         -- Dots come in this many sizes, each drawn at one go.
local BANDS <const> = 256                        -- The waves are sampled this often, evenly in the square of the way.
local LEAST, MOST = 0.16, 0.76                   -- Their radii, where 1 is half the distance between dots, nearly.
local ORIGIN_X <const>, ORIGIN_Y <const> = -0.62, -0.5 -- Where the waves start, in radii from the centre.

--- A block for the background of a cover. Lengths are points on the page.
---@param spec {count:integer, x:number, y:number, radius:number, paper:string, dot:string, origin:string}
return function(spec)
  return b.canvas {
    draw = function(canvas, left, top, width, height, cx)
      canvas:rect(left, top, width, height, { fill = cx:color(spec.paper) })
      local count, radius = spec.count, spec.radius
      local area = radius / count ^ 0.5
      local middle_x, middle_y = left + spec.x, top + spec.y
      local sizes, lengths, bands = {}, {}, {}
      for i = 1, SIZES do sizes[i], lengths[i] = {}, 0 end
      local per_band = BANDS / ((1 + (ORIGIN_X ^ 2 + ORIGIN_Y ^ 2) ^ 0.5) ^ 2)
      for i = 0, BANDS do
        local distance = ((i + 0.5) / per_band) ^ 0.5
        local swollen = (0.5 + 0.5 * cos(2 * math.pi * WAVES * distance)) ^ 0.8 * (1 - FADE / 2 * distance) -- From 0 to 1.
        bands[i] = (1.5 + swollen * (SIZES - 1)) // 1 | 0
      end
      local origin, nearest
      local cosine, sine, turn_x, turn_y = 1, 0, TURN_X, TURN_Y -- A dot's angle; the next one turns on from it.
      local nearest_yet, origin_x, origin_y = math.huge, ORIGIN_X * radius, ORIGIN_Y * radius
      local per_point = per_band / radius ^ 2
      for i = 0, count - 1 do
        local r = (i + 0.5) ^ 0.5 * area
        local x, y = r * cosine, r * sine
        cosine, sine = cosine * turn_x - sine * turn_y, sine * turn_x + cosine * turn_y
        local away = (x - origin_x) ^ 2 + (y - origin_y) ^ 2
        local size = bands[away * per_point // 1 | 0]
        local list, n = sizes[size], lengths[size]
        list[n + 1], list[n + 2] = middle_x + x, middle_y + y
        lengths[size] = n + 2
        if away < nearest_yet then origin, nearest, nearest_yet = list, n + 2, away end
      end
      local y, x = table.remove(origin, nearest), table.remove(origin, nearest - 1)
      for i, centers in ipairs(sizes) do
        local size = area * (LEAST + (MOST - LEAST) * (i - 1) / (SIZES - 1))
        if #centers > 0 then canvas:dots(centers, size, cx:color(spec.dot)) end
      end
      canvas:dots({ x, y }, area * MOST, cx:color(spec.origin))
    end,
  }
end
