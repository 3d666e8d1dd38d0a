-- Addresses break behind slashes and points, without a hyphen that would seem part of them.
local b = require "briefpress"

return function()
  return b.report { title = "Text", paper = { 260, 190 }, footer = false, margins = { top = 12, right = 12, bottom = 12, left = 12 },
    b.text { "See https://example.org/reports/innovation-ecology/2022/briefing.html for more.", width = 120 },
    b.text { "See https://example.org/reports/innovation-ecology/2022/briefing.html for more.", width = 70 },
  }
end
