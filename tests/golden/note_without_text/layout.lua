-- A note whose text is nowhere.
local b = require "briefpress"

return function()
  return b.report {
    title = "Firms", notes = { counted = "At the end of the year." },
    b.text "Firms[^conted] grew.",
  }
end
