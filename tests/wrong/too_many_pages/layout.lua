local b = require "briefpress"

return function()
  local pages = {}
  for i = 1, 20 do pages[i] = { b.text("Berth " .. i), b.page_break() } end
  return b.report { title = "Harbour", pages }
end
