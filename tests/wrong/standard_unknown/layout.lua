local b = require "briefpress"

return function()
  return b.report { title = "Quarter", standard = "PDF/A-3a", b.text "Words." }
end
