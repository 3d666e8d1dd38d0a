--- An enterprise's page out of a register: what the cluster makes 1,748 of. All that is on it comes from the row.
local b = require "briefpress"

return b.layout {
  title = "Editions of a register", description = "A page for each enterprise.",
  params = {
    number = { type = "integer", default = 1, description = "Its number in the register" },
    name = { default = "Nobody Ltd", description = "The enterprise" },
    district = { default = "North", description = "Where it is" },
    sector = { default = "Energy", description = "What it does" },
    year = { type = "integer", default = 2000, description = "When it was founded" },
    employees = { type = "integer", default = 1, description = "People at work" },
    revenue = { type = "number", default = 0, description = "In million" },
  },
  function(_, params)
    local rows = {}
    for year = math.max(params.year, 2013), 2022 do
      rows[#rows + 1] = { year = tostring(year), share = params.revenue / (2023 - year) }
    end
    return b.report {
      title = params.name, language = "en",
      b.heading(params.name),
      b.text [[No. {params.number} of the register: {params.sector}, district {params.district}, founded in
        {params.year}, **{params.employees} people** at work.]],
      b.table { rows = rows, columns = {
        { key = "year", title = "Year" }, { key = "share", title = "Revenue, million", decimals = 2 } } },
      b.text [[What is printed here was typeset, tagged and embedded once for each enterprise: the same page whichever
        machine has made it, and however often it had to begin again.]],
    }
  end,
}
