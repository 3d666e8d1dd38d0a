--- A page for each row of the data.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "Districts", paper = "A6",
    b.heading "All districts",
    b.each(data.tables.districts, function(row)
      return { b.heading { row.district, level = 2 }, b.text("On the " .. row.side .. " side of the river."),
        b.figure { value = b.format.number(row.people), label = "Inhabitants" } }
    end, { page = true }),
    "The end.",
  }
end
