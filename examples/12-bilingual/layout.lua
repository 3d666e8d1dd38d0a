--- Two languages side by side: each paragraph begins level with its translation and goes on beside it over pages, under
--- headings that stand over both. The texts come from a table of the data, their figures from its indicators.
local b = require "briefpress"

-- English on the left, Chinese on the right. Chinese needs less room for the same words, and more between its lines.
local WIDTHS, GAP = { "11fr", "9fr" }, 30

--- A pair of texts. The language of the second decides its breaks, its punctuation and what a screen reader speaks.
local function pair(english, chinese, style)
  return b.row {
    widths = WIDTHS, gap = GAP, space_before = 4, space_after = 12,
    b.text { english, style = style, align = "justify", hyphenate = true },
    b.text { chinese, style = style, align = "justify", language = "zh", leading = style == "body" and 16 or nil },
  }
end

return function(data)
  local articles = {}
  for i, article in data.tables.articles:rows() do
    -- One heading for both: it is read once, stands in the bookmarks once, and stays with the texts below.
    local titles = ("%d  %s  ·  [%s]{language=zh}"):format(i, article.title_en, article.title_zh)
    articles[#articles + 1] = b.heading { titles, level = 2, numbered = false, space_before = 18, space_after = 4 }
    articles[#articles + 1] = pair(article.text_en, article.text_zh, "body")
  end
  return b.report {
    title = data.dataset.title, paper = "A4",
    margins = { top = 60, bottom = 64, left = 62, right = 62 },
    b.row {
      widths = WIDTHS, gap = GAP, align = "bottom",
      b.heading { "An agreement of two libraries", space_before = 0 },
      b.text { "两馆协议", style = "h1", language = "zh", tracking = 40 },
    },
    b.rule { color = "accent", thickness = 1.2, space_before = 4 },
    b.row {
      widths = WIDTHS, gap = GAP,
      b.text { "Sample text with sample data", style = "caption" },
      b.text { "示例文本，数据为示例", style = "caption", language = "zh" },
    },
    articles,
    b.rule { space_before = 18 },
    b.keep { b.sources {} },
  }
end
