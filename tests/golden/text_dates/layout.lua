-- A day stays with its month, and a month with its year where lines beside it do not suffer.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 190 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "It met on 3 September 2022, after the order of July 2022 and before 8 September.", width = 88 },
    b.text { "It met on 3 September 2022, after the order of July 2022 and before 8 September.", width = 121 },
  }
end
