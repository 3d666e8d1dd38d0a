--- A table of the data, with row labels, a caption, a source, notes and units; one without a header; one of a
--- single cell.
local b = require "briefpress"

return function(data)
  return b.report {
    title = "Table",
    b.table { caption = "Districts of the *town*", source = data.sources[1], units = true,
      rows = data.tables.districts,
      notes = { "Areas are rounded." }, columns = { { key = "district", stub = true, note = "As of 2024." }, "people",
        { key = "area", align = "decimal", decimals = 1 }, "tram" } },
    b.table { header = false, columns = { { title = "", stub = true }, "" },
      rows = { { "Area", "33 km²" }, { "Trees", "{trees}" } } },
    b.table { zebra = true, columns = { "No row labels", "Two" },
      rows = { { "a", "b" }, { "c", "[d](https://example.org)" } } },
    b.table { columns = { "Alone" }, rows = { { "cell" } } },
  }
end
