-- Notes in texts that stand inside of other blocks are at the foot of the page, numbered in the order of reading.
local b = require "briefpress"

return function()
  return b.report {
    title = "Notes", footer = false, paper = "A5",
    b.row { b.figure { value = "12", label = "A card^[Of a card.]" }, b.figure { value = "7", label = "Another" } },
    b.chart.bar { title = "A chart^[Of a chart.]", note = "What it says^[Below a chart.]", { label = "A", value = 3 } },
    b.entry { "An entry^[Of an entry.]", "1" },
    b.image { "wave.svg", alt = "Waves", height = 12, caption = "An image^[Of an image.]" },
    b.text "A text.^[Of a text.]",
  }
end
