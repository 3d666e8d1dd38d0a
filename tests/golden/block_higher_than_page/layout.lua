local b = require "briefpress"

return function()
  local tall = b.canvas {
    height = 900, draw = function() end,
  }
  return b.report { "First", tall }
end
