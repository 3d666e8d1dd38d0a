--- A business letter to DIN 5008 (form B, A4): the address shows in the window of a DL envelope, marks at the edge say
--- where to fold and to punch, and the date is written as the letter's language does (--lang de). What differs from
--- letter to letter are parameters.
local b = require "briefpress"

-- Millimetres from the edges of the sheet, as the standard has them.
local ADDRESS_TOP, ADDRESS_LEFT, ADDRESS_WIDTH, REMARK_HEIGHT = "45mm", "25mm", "80mm", "17.7mm"
local INFO_TOP, INFO_LEFT, INFO_WIDTH = "50mm", "125mm", "75mm"
local LEFT, RIGHT, TOP = "25mm", "20mm", "20mm"
local SUBJECT_BELOW = "83mm" -- Of the top margin: 103 mm from the edge.
local MARKS = { { 105, 4 }, { 148.5, 7 }, { 210, 4 } } -- Fold, punch, fold; and how far they reach.

local sender = {
  name = "Lindenau Waterworks", street = "Quay Street 4", town = "04177 Lindenau", phone = "+49 341 555 01 20",
  mail = "bills@waterworks.example", bank = "IBAN DE02 1203 0000 0000 2020 51",
}

local address = sender.name .. ", " .. sender.street .. ", " .. sender.town

local words = {
  en = {
    subject = "Your water bill for {used.period}: {used | unit}", dear = "Dear {params.name},",
    used = [[In {used.period} your household used **{used | unit}** of water, {used.change | plus} on the year before.
      You pay **{params.amount} euros** by {params.due | long}; the form for the transfer is enclosed.]],
    thanks = [[The reading was taken on {params.read | long}. If it is not what your meter shows, write to us within
      four weeks: it is then read again, and nothing is due until that is done.]],
    regards = "Yours sincerely,", reference = "Reference", date = "Date", phone = "Telephone",
  },
  de = {
    subject = "Ihre Wasserrechnung für {used.period}: {used | unit}", dear = "Guten Tag, {params.name},",
    used = [[im Jahr {used.period} hat Ihr Haushalt **{used | unit}** Wasser verbraucht, {used.change | plus} gegenüber
      dem Vorjahr. Bitte zahlen Sie **{params.amount} Euro** bis zum {params.due | long}; das Formular zur
      Überweisung liegt bei.]],
    thanks = [[Abgelesen wurde am {params.read | long}. Stimmt der Stand nicht mit Ihrem Zähler überein, schreiben Sie
      uns bitte innerhalb von vier Wochen: Dann wird neu abgelesen, und bis dahin ist nichts fällig.]],
    regards = "Mit freundlichen Grüßen", reference = "Zeichen", date = "Datum", phone = "Telefon",
  },
}

--- The marks at the left edge, on each sheet.
local function marks()
  return b.canvas { draw = function(canvas, x, y)
    for _, mark in ipairs(MARKS) do
      local at = y + mark[1] * 72 / 25.4
      canvas:line(x + 10, at, x + 10 + mark[2] * 72 / 25.4, at, { stroke = "#8a949e", line_width = 0.4 })
    end
  end }
end

--- A signature, drawn as a pen would. Put b.image { "signature.png", alt = "Signature" } in its place.
local function signature()
  return b.canvas { width = 120, height = 38, alt = "Signature", draw = function(canvas, x, y)
    canvas:path({ "M", x + 4, y + 30, "C", x + 14, y - 6, x + 26, y - 2, x + 20, y + 24,
      "C", x + 17, y + 38, x + 34, y + 10, x + 40, y + 16, "C", x + 46, y + 22, x + 38, y + 30, x + 50, y + 22,
      "C", x + 60, y + 14, x + 58, y + 30, x + 70, y + 21, "C", x + 78, y + 14, x + 80, y + 30, x + 112, y + 14 },
      { stroke = "#1f3f8f", line_width = 1.3, cap = "round", join = "round" })
  end }
end

return b.layout {
  title = "Letter",
  description = "A business letter to DIN 5008 for a window envelope; in English, or with --lang de in German.",
  params = {
    name = { default = "Anna Weber", description = "To whom" },
    street = { default = "Garden Row 12", description = "Street and number" },
    town = { default = "04229 Lindenau", description = "Post code and town" },
    reference = { default = "WW 2024-10377", description = "Our reference" },
    issued = { type = "date", default = "2025-02-17", description = "The date of the letter" },
    read = { type = "date", default = "2025-01-09", description = "When the meter was read" },
    due = { type = "date", default = "2025-03-31", description = "When the money is due" },
    amount = { type = "number", min = 0, default = 248.56, description = "What is to be paid, in euros" },
    signed = { default = "Martin Kern", description = "Who signs" },
  },
  function(data, params)
    local language = words[data.language] and data.language or "en"
    local say = words[language]
    return b.report {
      title = data.dataset.title, language = language, paper = "A4", background = marks,
      margins = { top = TOP, left = LEFT, right = RIGHT, bottom = "30mm" },
      footer = function()
        return b.text { address .. ". " .. sender.bank, style = "footer" }
      end,

      b.place { of = "page", x = LEFT, y = "18mm",
        b.text { "**" .. sender.name .. "**", style = { "lead", color = "accent" } } },
      b.place { of = "page", x = ADDRESS_LEFT, y = ADDRESS_TOP, width = ADDRESS_WIDTH, height = "45mm",
        b.stack { height = REMARK_HEIGHT, b.fill(), b.text { address, style = { "caption", size = 6.5 } } },
        b.text { "{params.name}\\\n{params.street}\\\n{params.town}",
          style = { "body", leading = 14, hyphenate = false } } },
      b.place { of = "page", x = INFO_LEFT, y = INFO_TOP, width = INFO_WIDTH,
        b.stack { gap = 2,
          b.entry { say.reference, params.reference, style = "small" },
          b.entry { say.date, b.format.date(params.issued, { style = "long" }), style = "small" },
          b.entry { say.phone, sender.phone, style = "small" } } },

      b.space(SUBJECT_BELOW),
      b.heading { say.subject, style = { "h3", space_after = 15 } },
      b.text(say.dear), b.text(say.used), b.text(say.thanks),
      b.keep { b.text(say.regards), signature(), b.text(params.signed), b.text { sender.name, style = "caption" } },
    }
  end,
}
