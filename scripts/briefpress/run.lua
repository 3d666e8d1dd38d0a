--- The rendering: numbers the headings (`numbering.lua`), and draws each page as soon as it is full (`pages.lua`), so
--- that memory stays flat however long the report is. Where something depends on page numbers, it is laid out without
--- drawing until they are stable; the pages of the last pass are then drawn. Headers and footers come last.
local engine = require "briefpress.engine"
local Context = require "briefpress.context"
local inline = require "briefpress.inline"
local lengths = require "briefpress.lengths"
local numbering = require "briefpress.numbering"
local furniture = require "briefpress.page_furniture"
local options = require "briefpress.options"
local page_style = require "briefpress.page_style"
local pages = require "briefpress.pages"
local phrases = require "briefpress.phrase"
local reports = require "briefpress.report"
local text = require "briefpress.text"
local themes = require "briefpress.theme"

local M = {}

local PASSES_MOST = 6

--- True where the printed numbers of pages are those of the pass before; else texts with page numbers are set anew.
local function has_labels_of_last(cx, labels)
  local last = cx.labels
  cx.labels = labels
  local is_same = not labels or (last and #last == #labels) or false
  for i = 1, is_same and labels and #labels or 0 do is_same = is_same and last[i] == labels[i] end
  if not is_same then
    for _, paged in ipairs(cx.page_texts) do paged.shared.asked = nil end
  end
  return is_same
end

--- True where nothing that the last pass was told about pages turned out otherwise in a way that moves anything.
local function is_stable(cx, labels)
  local holds = text.settle(cx)
  holds = has_labels_of_last(cx, labels) and holds
  if cx.notes then holds = require("briefpress.page_notes").is_settled(cx) and holds end
  for anchor, answer in next, cx.asked do
    if cx:known_page(anchor) ~= answer then return false end
  end
  for _, one in ipairs(cx.settling or {}) do holds = one:settle(cx) and holds end
  return holds
end

--- Which number does not settle, in words.
local function unsettled(cx)
  local names = {}
  for anchor, answer in next, cx.asked do
    if cx:known_page(anchor) ~= answer and anchor ~= 1 then names[#names + 1] = anchor end
  end
  table.sort(names)
  local name = names[1]
  if not name then return "" end
  return (': "%s" is on page %d, then on page %d'):format(name, cx.asked[name], cx:known_page(name))
end

--- Renders what the layout returned into `document`. Answers the ledger of figures.
---@param report briefpress.Report
---@param document engine.Document
---@param data engine.Data
---@param params table<string,string>
function M.render(report, document, data, params)
  if not reports.is(report) then
    local class = type(report) == "table" and getmetatable(report) -- Looked into without asking what it may answer.
    local index = type(class) == "table" and rawget(class, "__index")
    local is_block = type(report) == "table" and (rawget(report, "layout") ~= nil
      or type(index) == "table" and rawget(index, "layout") ~= nil)
    options.fail(("the layout must return b.report { ... }, it returned %s"):format(report == nil and "nothing"
      or is_block and "a block; put it into b.report { title = \"…\", block }" or "a " .. type(report)),
      is_block and report.place or "")
  end
  local language = report.language or engine.job.language or "en"
  local theme = themes.resolve(report.theme or require "themes.plain", language, report.place)
  phrases.use(theme.phrases)
  local cx = Context.new { data = data, params = params or {}, theme = theme, language = language, document = document,
    ledger = {}, boxes = engine.job.boxes, at = report.place }
  local watch <close> = -- luacheck: ignore 211 (it tells what it found when this ends)
    engine.job.is_check and require("briefpress.check.watch").begin(cx, report) or nil
  document = cx.document
  local grid = report.baseline or theme.page and theme.page.baseline
  local has_grid = grid ~= nil and grid > 0
  if has_grid then require("briefpress.baseline").use(cx, grid, report.children) end
  local self = { cx = cx, report = report, document = document, pages = {}, has_grid = has_grid, bleed = 0,
    style = page_style.own(report, theme), styles = {}, numbers = { kind = "1", first = report.first_number or 1 },
    has_labels = report.first_number and report.first_number > 1 or false }
  if report.bleed or report.crop_marks then
    self.bleed = report.bleed and lengths.points(report.bleed, 0, report.place) or 0
    if self.bleed < 0 then options.fail("report: bleed is no less than 0", report.place) end
    self.slug = require("briefpress.marks").slug(self.bleed, report.crop_marks)
  end
  cx.overflow = report.overflow
  local paper = theme.colors.paper
  if paper ~= "#ffffff" and paper ~= "#fff" then self.ground = paper end
  cx.note_texts, cx.notes_at, cx.notes_restart = report.notes, report.notes_at, report.notes_restart
  self.title = inline.plain(cx, report.title or data.dataset and data.dataset.title or "", "body", report.place)
  if self.title == "" then self.title = require("briefpress.layout").title() end
  document:metadata { title = self.title, author = report.author, subject = report.subject or report.subtitle,
    keywords = report.keywords, language = language, standard = report.standard, place = report.place }
  numbering.walk(cx, report.children, report.numbered, report.caption_numbers, report.title)
  for _, entry in ipairs(cx.entries) do
    cx.anchors[entry.id] = cx.anchors[entry.id] or entry
    entry.title = inline.plain(cx, entry.source, "body", entry.place)
  end
  if furniture.needs_count(self.style) or report.pages then cx.is_paged = true end
  if cx.is_paged then
    for i = 1, PASSES_MOST do
      pages.find(self)
      cx.known, cx.count = cx.places, cx.page
      if is_stable(cx, pages.labels(self)) then break end
      if i == PASSES_MOST then
        options.fail(("the page numbers do not settle after %d passes%s; what prints or asks for one moves what it"
          .. " points to: give it the same room with each number"):format(PASSES_MOST, unsettled(cx)), report.place)
      end
    end
  end
  pages.draw(self)
  cx.count = cx.page
  if report.page_count then require("briefpress.page_count").check(self, report.page_count) end
  if cx.notes and cx.notes_at == "end" and not cx.notes.used then
    options.fail('the notes are to stand at the end, and nothing lists them; b.endnotes {} does', report.place)
  end
  furniture.draw_all(self)
  document:figures(cx.ledger)
  return { ledger = cx.ledger, pages = cx.count }
end

return M
