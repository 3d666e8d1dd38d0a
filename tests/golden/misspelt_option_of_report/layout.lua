local b = require "briefpress"

local function card(text)
  return b.text { text }
end

return function()
  return b.report {
    titel = "The report",
    b.heading "Words",
    card "Words",
  }
end
