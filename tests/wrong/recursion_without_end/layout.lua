local b = require "briefpress"

local function total(list, i) return list[i] + total(list, i + 1) end

return function()
  return b.report { title = "Harbour", b.text("Ships: " .. total(setmetatable({}, { __index = function() return 1 end }), 1)) }
end
