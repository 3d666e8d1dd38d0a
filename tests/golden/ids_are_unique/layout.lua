local b = require "briefpress"

return function()
  local first = b.heading { "One", id = "here" }
  local second = b.heading { "Two", id = "here" }
  return b.report { first, "Words", second, "Words" }
end
