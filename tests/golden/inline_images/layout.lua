-- Images in lines: as high as the letters around them, on the baseline, beside each other, in the text of a list and of a cell;
-- one without a text is an ornament. Lines stand as far apart as without them.
local b = require "briefpress"

return function()
  return b.report { title = "Images", paper = { 260, 250 }, footer = false,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.text("A ![blue field](blue.png) in a line, two ![](blue.png)![](blue.png) ornaments, [![small](blue.png)]{size=0.6em} a "
      .. "small one; and **bold ![x *y*](blue.png)** goes on to the next line, which has no image in it at all."),
    b.list { "![](blue.png) item", "other" },
    b.table { columns = { "A", "B" }, rows = { { "![a field](blue.png) *a*", "b" } } },
    b.markdown "A ![blue](blue.png) in Markdown",
  }
end
