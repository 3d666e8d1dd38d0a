local b = require "briefpress"

return function()
  local berths = 0
  while berths ~= 10 do berths = berths + 3 end
  return b.report { title = "Harbour", b.text("Berths: " .. berths) }
end
