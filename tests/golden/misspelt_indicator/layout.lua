local b = require "briefpress"

return function()
  local report = b.report {
    b.heading "Resources",
    b.text "There were {institutons_national} of them.",
  }
  return report
end
