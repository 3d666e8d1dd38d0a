-- Links keep their words; a link over two lines is two areas.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 90 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "Read [the whole report of the conference on the portal](https://example.org/) or leave it.", width = 140 },
  }
end
