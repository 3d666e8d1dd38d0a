--- Quotes, code, lead, captions, rules: texts with a structure type of their own.
local b = require "briefpress"

return function()
  return b.report {
    title = "Quotes and code",
    b.heading "Words of others",
    b.text { "A report begins with what matters.", style = "lead" },
    b.text { "What is counted is not all that counts.", style = "quote", tag = "BlockQuote" },
    b.text { "Somebody, somewhere", style = "caption" },
    b.rule { color = "accent", thickness = 2, width = "30%" },
    b.heading { "Code", level = 2 },
    b.text { "for i = 1, 3 do print(i) end", style = "code", tag = "Code" },
    "Words with `code` in them, and `more of it`.",
    b.markdown [[
> A quote in a document
> over two lines.
>
> - with a list
> - in it

```lua
local b = require "briefpress"
return b.report { "Hello" }
```

***

The end.
]],
    b.text { "A small note below", style = "small", tag = "Note" },
  }
end
