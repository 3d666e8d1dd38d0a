local b = require "briefpress"

return function()
  return b.report "The harbour was open all year."
end
