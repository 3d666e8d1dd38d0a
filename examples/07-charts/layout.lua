--- The four charts. Each says its message in its title and draws what the data names: parts, a share, dates.
local b = require "briefpress"

return function(data)
  local all = data.indicators
  local loans = all.loans:parts()
  loans.title, loans.source = "Novels lead, children's books follow closely", all.loans
  local ring = all.loans:parts()
  ring.title, ring.center, ring.source = "Two thirds of all loans are stories", "{loans}", all.loans
  return b.report {
    title = data.dataset.title,
    b.heading "What is lent, and to whom",
    b.chart.bar(loans),
    b.row {
      b.chart.donut(ring),
      b.chart.waffle {
        title = "A third of the members come every week", subtitle = "One dot is one member who was asked",
        value = all.weekly, total = all.members, columns = 20, source = all.weekly,
      },
    },
    b.chart.timeline {
      title = "Three turns in a hundred years",
      { date = data.milestones.founded.date, title = data.milestones.founded.title },
      { date = data.milestones.catalogue.date, title = data.milestones.catalogue.title },
      { date = data.milestones.evening.date, title = data.milestones.evening.title },
    },
    b.sources {},
  }
end
