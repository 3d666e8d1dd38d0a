--- A document in Markdown with all that it may hold: headings, lists, tables, images, notes, quotes, code,
--- placeholders.
local b = require "briefpress"

return function()
  return b.report {
    title = "{dataset.title}",
    b.markdown [[
# The town {#town}

There are **{people}** inhabitants (see [the next section](#trees)), and *more* than can be told.[^told]

[^told]: The text of the note.

    With a second paragraph.

## Trees {#trees}

1. First
2. Second
   - with one below
   - and another
3. Third

| Tree | Number | Height |
|:-----|-------:|:------:|
| Lime | 1200 | tall |
| Oak | `800` | ![a field](field.png) |

![A field of one colour](field.png "A field")

### Three levels

A line\
and its next, [out](https://example.org "Portal"), <https://example.org/x>.

#### Four levels

> Quoted, with `code`.

    indented code

----

###### Six levels

The end.
]],
  }
end
