--- A one-page edition for one enterprise of a register: a letter with its figures, as batches make them.
local b = require "briefpress"

return b.layout {
  title = "Statement", description = "What the register holds of one enterprise.",
  params = {
    id = { type = "string", required = true }, name = { type = "string", required = true },
    field = { type = "string", required = true }, staff = { type = "integer", min = 0, required = true },
    revenue = { type = "number", required = true }, patents = { type = "integer", default = 0 },
  },
  function(_, params)
    return b.report { title = "Statement for " .. params.name, language = "en",
      b.heading("Statement for " .. params.name),
      b.text([[This is what the register of enterprises held of **]] .. params.name .. [[** (number ]] .. params.id ..
        [[) at the end of the year. If anything in it is wrong, please write to us within thirty days and name the
        number above; what we do not hear of we take to be right, and it goes into the figures of March.]]),
      b.row {
        b.figure { label = "Staff", value = tostring(params.staff) },
        b.figure { label = "Patents", value = tostring(params.patents) },
        b.figure { label = "Revenue, million yuan", value = tostring(params.revenue) },
      },
      b.table {
        columns = { { key = "what", title = "Entry" }, { key = "value", title = "Registered", align = "right" } },
        rows = {
          { what = "Field of work", value = params.field }, { what = "Employees", value = tostring(params.staff) },
          { what = "Revenue, million yuan", value = params.revenue },
          { what = "Valid patents", value = params.patents },
        },
      },
      b.text "The register is kept under the rules of the zone. Who is named in it may see its entry at any time.",
    }
  end,
}
