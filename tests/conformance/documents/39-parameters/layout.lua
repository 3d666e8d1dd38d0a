--- A letter with parameters, whose texts come from them.
local b = require "briefpress"

return b.layout {
  title = "Letter", params = {
    name = { default = "Wanda Ng & Sons <office>", description = "Whom it is written to" },
    day = { type = "date", default = "2025-02-01" }, copies = { type = "integer", min = 1, default = 2 },
  },
  function(_, params)
    return b.report {
      title = "Letter to {params.name}", author = "Town “office”", subject = "(Sample) \\ data",
        keywords = "letter, sample",
      b.text { "{params.day | long}", align = "right" }, "Dear {params.name},",
      "there are " .. params.copies .. " copies of the register.", b.stack { height = "20mm" }, "Yours, the town.",
    }
  end,
}
