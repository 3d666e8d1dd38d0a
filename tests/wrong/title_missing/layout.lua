local b = require "briefpress"

return function()
  return b.report { author = "Office", b.text "Words." }
end
