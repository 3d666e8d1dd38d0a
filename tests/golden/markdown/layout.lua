-- A document in Markdown: each block is that of the library, at the place where it stands, under a section's heading.
local b = require "briefpress"

return function()
  return b.report { title = "Markdown", paper = { 340, 760 }, footer = false, numbered = true,
    margins = { top = 20, right = 20, bottom = 20, left = 20 },
    b.section { title = "Report", b.markdown [[
# Title with `code` {#first}

A paragraph with *emphasis*, **strong**, m^2^ and {institutions | unit}
goes on here with [a link](https://example.org/) and [words]{weight=600};
see page {page:first}.

- tight **one**
- two
  1. nested
  2. list
- three

5. loose

   second paragraph

6. other

> quote
> more
>
> > deeper

```json
{ "a": {{1}}, "b^2^": [c]{.d} }
  indented ~x~
```

    indented {code}

| Name | Value |
|:-----|------:|
| {institutions.label} | **{institutions | plain}** |
| b | 3 |

---

![A blue field](blue.png "Its caption")

## A subsection

中文的段落
换行
]] },
  }
end
