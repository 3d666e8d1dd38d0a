local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.markdown [[
# Harbour

In 2024 {shps} ships called.
]],
  }
end
