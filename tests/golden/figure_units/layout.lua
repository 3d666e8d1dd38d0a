--- Units of cards: "%" is part of the number, "km" small beside it, and none where the label says it already.
local b = require "briefpress"

return function()
  return b.report {
    title = "Units", paper = { 480, 170 }, margins = { top = 20, right = 20, bottom = 20, left = 20 }, footer = false,
    b.row { b.figure "share", b.figure "routes", b.figure "mean", b.figure "injured" },
    b.row { b.figure { "routes", unit = false }, b.figure { "routes", unit = "kilometres" }, b.figure "days",
      b.figure { "days", unit = true } },
  }
end
