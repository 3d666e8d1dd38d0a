local b = require "briefpress"

return function()
  return b.text "The harbour was open all year."
end
