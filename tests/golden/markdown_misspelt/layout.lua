local b = require "briefpress"

return function()
  return b.report { title = "Markdown", b.markdown [[
# Title

- an item
- another, of {institution}
]] }
end
