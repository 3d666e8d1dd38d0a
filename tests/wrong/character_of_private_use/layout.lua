local b = require "briefpress"

return function()
  return b.report { title = "Quarter", b.text "Write to us \u{f003}" }
end
