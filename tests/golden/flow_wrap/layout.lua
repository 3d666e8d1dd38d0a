--- Text goes round a figure at either side, on over a page, with a list beside it; in columns too.
local b = require "briefpress"

local prose = [[Where the figures of a year are read with care, institutions, enterprises and public bodies have grown
into one place, and what they do is seen in what is published of it. ]]

local function figure(height)
  return b.stack { fill = "accent_soft", padding = 6,
    b.canvas { height = height, draw = function(canvas, x, y, width, tall)
      canvas:rect(x, y, width, tall, { fill = "#9fb3c8" })
    end },
    b.text { "What the figure shows", style = "caption", space_before = 4 } }
end

return function()
  return b.report {
    title = "Round a figure", paper = "A5", footer = false,
    b.wrap { figure = figure(70), width = 110, b.text { prose:rep(3), align = "justify" },
      b.text { prose, align = "justify" } },
    b.wrap { figure = figure(60), width = 110, side = "left", b.text { prose, align = "justify" },
      b.list { "as many as there were", "more than were asked for", "one of each, and a few that nobody counted" } },
    b.columns { b.wrap { figure = figure(16), width = 44, gap = 6, b.text { prose:rep(2) } }, b.text(prose) },
  }
end
