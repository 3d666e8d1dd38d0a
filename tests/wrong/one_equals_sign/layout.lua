local b = require "briefpress"

return function(_, params)
  if params.year = 2024 then return b.report { title = "Harbour", "This year" } end
end
