local b = require "briefpress"

return function()
  return b.report { title = "Harbour",
    b.text { "港口全年开放。", language = "zh_CN" },
  }
end
