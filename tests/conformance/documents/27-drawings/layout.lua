--- Drawings in SVG: with text, gradients, opacity and clips; in one colour; as icons and ornaments; in texts.
local b = require "briefpress"

return function()
  return b.report {
    title = "Drawings",
    b.image { "station.svg", caption = "Its title is its alternative text." },
    b.image { "station.svg", alt = "The station, cut round", fit = "cover", height = 60, width = 60, radius = "50%" },
    b.row { b.icon { "wave.svg", size = 40, color = "accent" }, b.icon { "wave.svg", alt = "Waves" },
      b.image { "wave.svg", alt = "" } },
    "Words ![wave](wave.svg) around it.",
  }
end
