--- A memo written in Markdown: its figures come from the data, their marks lead to the sources.
local b = require "briefpress"

return function(data)
  return b.report {
    title = data.dataset.title, paper = "A5",
    b.markdown [[
# The library in {visitors.period}

It welcomed **{visitors | mark}** visitors, {visitors.change | plus} on the year before, and lent
{loans} books: {loans_per_visitor} for each visitor. For children there were *{events | mark}* events.

## What we ask for

1. Longer hours:
   - on Saturdays until 6 p.m.,
   - before examinations every day;
2. a reading room of 120 m^2^ with less than 800 ppm of CO~2~.

> A town that reads is a town that talks.

| Measure        |  Cost | From |
|:---------------|------:|:-----|
| Longer hours   | 41,000 | May  |
| *Reading room* | 96,500 | [2026](https://example.org/plan) |

---

The catalogue answers requests such as

```
{ "author": "Borges", "after": 1940 }
```
]],
    b.sources {},
  }
end
