--- Several languages, in one paragraph and beside each other, from right to left too; words say their languages.
local b = require "briefpress"

return function()
  return b.report {
    title = "Languages", language = "en",
    theme = { font = { "Inter", "Noto Sans CJK SC", "Amiri", "Ezra SIL", "Lohit Devanagari", "Loma" } },
    b.heading "A text of many",
    b.text("English, [français]{language=fr}, [Deutsch]{language=de}, [中文]{language=zh}, [русский]{language=ru}, "
      .. "[ελληνικά]{language=el}, [日本語]{language=ja}, [한국어]{language=ko}."),
    b.text { "Un paragraphe en français : « avec ses espaces ».", language = "fr" },
    b.text { "第二季度，常住人口为“五万”人；增长了1.7%（见表1）。", language = "zh" },
    b.text { "人口は五万人です。「はい」と言いました。", language = "ja" },
    b.text { "인구는 오만 명입니다.", language = "ko" },
    b.text { "عدد السكان 50230 نسمة في عام 2024، أي أكثر من العام السابق.", language = "ar" },
    b.text { "מספר התושבים 50230 בשנת 2024.", language = "he" },
    b.text("English with [שלום]{language=he} and [مرحبا]{language=ar} and [नमस्ते]{language=hi} in it, "
      .. "then [中文]{language=zh} again."),
    b.text { "जनसंख्या बढ़ रही है", language = "hi" },
    b.text { "ประชากรเพิ่มขึ้นทุกปี", language = "th" },
    b.section { title = "[中文的标题]{language=zh}", "A text below a heading in Chinese.",
      b.list { "[中文]{language=zh}", "English", "[العربية]{language=ar}" } },
    b.table { columns = { { title = "Language", stub = true }, "Word" },
      rows = { { "Arabic", b.text { "مرحبا", language = "ar" } }, { "Chinese", b.text { "你好", language = "zh" } },
        { "Hebrew", b.text { "שלום", language = "he" } } } },
  }
end
