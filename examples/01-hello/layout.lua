--- The smallest report: a heading and a sentence with a figure in it.
local b = require "briefpress"

return function(data)
  return b.report {
    title = data.dataset.title, paper = "A6 landscape",
    b.heading "A good year",
    b.text "In {visitors.period} the library welcomed **{visitors | unit}**.",
    b.sources {},
  }
end
