--- A business letter for a window envelope, to DIN 5008: address block, fold marks, the date as its language writes it
--- (--lang de), a signature; what differs from letter to letter are parameters. `render layout.lua --help` lists them,
--- and a name that is misspelt or a date that is none is told before anything is printed.
local b = require "briefpress"

local sender = { name = "Harbour Foundation", address = "Harbour Foundation, Wharf 3, 20457 Hamburg" }

local words = {
  en = {
    subject = "Your application of {params.applied | long}", dear = "Dear {params.name},",
    news = "We are glad to tell you that the board grants **{grant | unit}** for %s. It is yours in three payments:",
    purpose = "the new reading room",
    next = [[Please sign the copy of this letter and return it by {params.reply_by | long}. What you do not need by the
      end of {params.last_year}, we ask you to give back; what costs more, to tell us early.]],
    regards = "With kind regards,", date = "Date", reference = "Reference",
  },
  de = {
    subject = "Ihr Antrag vom {params.applied | long}", dear = "Guten Tag, {params.name},",
    news = [[wir freuen uns, Ihnen mitzuteilen, dass der Vorstand **{grant | unit}** für %s bewilligt hat. Wir zahlen
      den Betrag in drei Teilen:]],
    purpose = "den neuen Lesesaal",
    next = [[Bitte unterschreiben Sie die Kopie dieses Briefes und senden Sie sie bis zum {params.reply_by | long}
      zurück. Was Sie bis Ende {params.last_year} nicht brauchen, geben Sie bitte zurück; was mehr kostet, melden Sie
      uns früh.]],
    regards = "Mit freundlichen Grüßen", date = "Datum", reference = "Zeichen",
  },
}

--- Marks at the left edge of every sheet, in millimetres from the top: fold, punch, fold.
local function marks()
  return b.canvas { draw = function(canvas, x, y)
    for at, length in pairs { [105] = 4, [148.5] = 7, [210] = 4 } do
      local level = y + at * 72 / 25.4
      canvas:line(x + 10, level, x + 10 + length * 72 / 25.4, level, { stroke = "#8a949e", line_width = 0.4 })
    end
  end }
end

--- Drawn here, so that the example needs no file; b.image takes a scanned one.
local function signature(name)
  return b.canvas { width = 130, height = 36, alt = "Signature of " .. name, draw = function(canvas, x, y)
    canvas:path({ "M", x + 2, y + 26, "C", x + 16, y - 8, x + 30, y - 4, x + 18, y + 30,
      "C", x + 26, y + 8, x + 36, y + 6, x + 38, y + 18, "C", x + 44, y + 30, x + 50, y + 4, x + 54, y + 18,
      "C", x + 58, y + 30, x + 66, y + 10, x + 74, y + 20, "C", x + 86, y + 30, x + 100, y + 8, x + 126, y + 12 },
      { stroke = "#1f3f8f", line_width = 1.2, cap = "round", join = "round" })
  end }
end

return b.layout {
  title = { en = "Letter of a grant", de = "Zuschussbrief" },
  description = "A letter that tells an applicant of a grant, with the payments and what they depend on.",
  params = {
    name = { default = "Ms Okafor", description = "Whom it speaks to" },
    to = { default = "Town Library\\\nMs Ada Okafor\\\nMarket Square 1\\\n23552 Lübeck",
      description = "The address, each line but the last with a backslash at its end" },
    purpose = { type = "string", description = "What the money is for, instead of the reading room" },
    reference = { default = "HF 2025/117", description = "Our reference" },
    issued = { type = "date", default = "2025-05-06", description = "The date of the letter" },
    applied = { type = "date", default = "2025-02-11", description = "When it was applied for" },
    reply_by = { type = "date", default = "2025-05-23", description = "When the signed copy must be here" },
    last_year = { default = 2026, min = 2025, max = 2040, description = "The year it must be spent in" },
    signed = { default = "Hanna Petersen", description = "Who signs" },
  },
  function(data, params)
    local say = words[data.language] or words.en
    return b.report {
      title = data.dataset.title, background = marks,
      margins = { top = "20mm", left = "25mm", right = "20mm", bottom = "28mm" },
      footer = function() return b.text { sender.address, style = "footer" } end,

      -- Placed on the page, whatever the text does. The window shows what stands 45 to 90 mm from the top.
      b.place { of = "page", x = "25mm", y = "18mm", b.text { sender.name, style = { "h2", color = "accent" } } },
      b.place { of = "page", x = "25mm", y = "45mm", width = "80mm", height = "45mm",
        b.stack { height = "17.7mm", b.fill(), b.text { sender.address, style = { "caption", size = 6.5 } } },
        b.text { params.to, style = { "body", leading = 14, hyphenate = false } } },
      b.place { of = "page", x = "125mm", y = "50mm", width = "65mm",
        b.stack { gap = 2, b.entry { say.reference, params.reference, style = "small" },
          b.entry { say.date, b.format.date(params.issued, { style = "long" }), style = "small" } } },

      b.space "83mm", -- Below the top margin: the subject begins 103 mm from the edge.
      b.heading { say.subject, style = { "h3", space_after = 15 } },
      b.text(say.dear), b.text(say.news:format(params.purpose or say.purpose)),
      b.table { rows = data.tables.payments, total = true,
        columns = { { key = "when" }, { key = "what", width = "1fr" }, { key = "amount", sum = true } } },
      b.text(say.next),
      b.keep { b.text(say.regards), signature(params.signed), b.text(params.signed) },
    }
  end,
}
