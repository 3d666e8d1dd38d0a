local b = require "briefpress"

-- Where it is told that the heading below stands on page 1 it takes the whole page, else it leaves room for it there.
local restless = b.block {
  uses_pages = true,
  layout = function(_, cx, width)
    return { width = width, height = cx:page_of "ships" == 1 and 690 or 10, draw = function() end }
  end,
}

return function()
  return b.report { title = "Harbour", restless, b.heading { "Ships", id = "ships" }, b.text "Ships called." }
end
