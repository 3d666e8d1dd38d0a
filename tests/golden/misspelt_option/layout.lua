local b = require "briefpress"

return function()
  local text = b.text { "Words", colour = "accent" }
  return b.report { text }
end
