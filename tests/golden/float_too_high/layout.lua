-- A float cannot be split: one that is higher than a page is an error.
local b = require "briefpress"

return function()
  return b.report {
    title = "Floats", paper = "A6", "Words",
    b.float { b.canvas { height = 400, draw = function() end } },
  }
end
