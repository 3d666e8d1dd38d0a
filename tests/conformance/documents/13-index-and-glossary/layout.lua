--- An index with narrower terms and references, a glossary in columns.
local b = require "briefpress"

return function()
  return b.report {
    title = "Index", paper = "A5", numbered = true,
    b.section { title = "Trees",
      "{index:tree}Trees stand in streets ({trees}). {index:tree!lime}Limes most of all; {index:oak|see tree}"
      .. "{index:water|see also river}water is scarce." },
    b.page_break(),
    b.section { title = "People",
      "{index:people}There are {people} of them; {index:tree}trees are fewer; {index:AI}{index:5G}signs. "
      .. "{loans} loans, {loans_each} for each." },
    b.page_break(),
    b.section { title = "Rivers",
      "{index:river}{index:tree}Two rivers. {index:chongqing@Chóngqìng}A far town. {index:water}Water." },
    b.glossary { columns = 2 },
    b.section { title = "Index", numbered = false, b.index { title = false, columns = 3 } },
  }
end
