--- The rendering: numbers the headings (`numbering.lua`), and draws each page as soon as it is full (`pages.lua`), so
--- that memory stays flat however long the report is. Where something depends on page numbers, it is laid out without
--- drawing until they are stable; the pages of the last pass are then drawn. Headers and footers come last.
local engine = require "briefpress.engine"
local Context = require "briefpress.context"
local inline = require "briefpress.inline"
local numbering = require "briefpress.numbering"
local options = require "briefpress.options"
local pages = require "briefpress.pages"
local phrases = require "briefpress.phrase"
local reports = require "briefpress.report"
local text = require "briefpress.text"
local themes = require "briefpress.theme"

local M = {}

local PASSES_MOST = 6

--- True where nothing that the last pass was told about pages turned out otherwise in a way that moves anything.
local function is_stable(cx)
  local holds = text.settle(cx)
  for anchor, answer in next, cx.asked do
    if cx:known_page(anchor) ~= answer then return false end
  end
  return holds
end

--- Renders what the layout returned into `document`. Answers the ledger of figures.
---@param report briefpress.Report
---@param document engine.Document
---@param data engine.Data
---@param params table<string,string>
function M.render(report, document, data, params)
  if not reports.is(report) then
    error(("the layout must return b.report { ... }, it returned %s"):format(
      report == nil and "nothing" or type(report) == "table" and "a table or block" or "a " .. type(report)), 0)
  end
  local language = report.language or engine.job.language or "en"
  local theme = themes.resolve(report.theme or require "themes.plain", language, report.place)
  phrases.use(theme.phrases)
  local cx = Context.new { data = data, params = params or {}, theme = theme, language = language, document = document,
    ledger = {}, boxes = engine.job.boxes, at = report.place }
  local grid = report.baseline or theme.page and theme.page.baseline
  local has_grid = grid ~= nil and grid > 0
  if has_grid then require("briefpress.baseline").use(cx, grid, report.children) end
  local width, height = reports.paper(report.paper or theme.page and theme.page.paper or "A4", report.place)
  local self = { cx = cx, report = report, document = document, pages = {}, has_grid = has_grid, width = width,
    height = height,
    margins = reports.margins(report.margins, theme.page and theme.page.margins, width, height, report.place) }
  cx.sheet_of, cx.overflow = self, report.overflow
  self.title = inline.plain(cx, report.title or data.dataset and data.dataset.title or "", "body", report.place)
  document:metadata { title = self.title, author = report.author, subject = report.subject or report.subtitle,
    keywords = report.keywords, language = language }
  numbering.walk(cx, report.children, report.numbered)
  for _, entry in ipairs(cx.entries) do
    cx.anchors[entry.id] = cx.anchors[entry.id] or entry
    entry.title = inline.plain(cx, entry.source, "body", entry.place)
  end
  local footer = report.footer
  if footer == nil then footer = require("briefpress.furniture").footer end
  self.footer, self.has_furniture = footer, report.header or footer
  local is_counted = report.background ~= nil and report.background ~= false
  cx.is_paged = cx.is_paged or is_counted
  if cx.is_paged then
    for i = 1, PASSES_MOST do
      pages.find(self)
      cx.known, cx.count = cx.places, cx.page
      if is_stable(cx) then break end
      if i == PASSES_MOST then
        options.fail(("the page numbers do not settle after %d passes; a text that prints one moves what it points to")
          :format(PASSES_MOST), report.place)
      end
    end
  end
  pages.draw(self)
  cx.count = cx.page
  if self.has_furniture then pages.draw_furniture(self) end
  return { ledger = cx.ledger, pages = cx.count }
end

return M
