--- Figure cards in a grid: change on the year before, a lower bound, a value computed from two others.
local b = require "briefpress"

return function(data)
  return b.report {
    title = data.dataset.title, paper = "A5 landscape",
    b.heading "The year in four figures",
    b.grid {
      columns = 4,
      b.figure { "visitors", change = true },
      b.figure { "loans", change = true },
      b.figure "events",
      b.figure { "loans_per_visitor", note = "loans by visitors" },
    },
    b.text [[More people came ({visitors.change | plus}) and borrowed less ({loans.change | plus}): the reading
             room gains what the shelves lose.]],
    b.sources {},
  }
end
