local b = require "briefpress"

local endless
endless = b.block {
  layout = function(_, _, width, height)
    return { width = width, height = height, draw = function() end }, endless
  end,
}

return function()
  return b.report { title = "Harbour", endless }
end
