--- The rendering: numbers the headings, and draws each page as soon as it is full, so that memory stays flat however
--- long the report is. Where something depends on page numbers, it is laid out without drawing until they are stable;
--- the pages of the last pass are then drawn. Headers and footers come last, when the number of pages is known.
local engine = require "briefpress.engine"
local Context = require "briefpress.context"
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"
local flow = require "briefpress.flow"
local inline = require "briefpress.inline"
local options = require "briefpress.options"
local phrases = require "briefpress.phrase"
local reports = require "briefpress.report"
local text = require "briefpress.text"
local themes = require "briefpress.theme"

local M = {}

local PASSES_MOST = 6
local KEPT_MOST = 500 -- Pages that are held between being laid out and drawn; later ones are laid out again.

--- Walks the tree once: numbers headings, lists them for the contents, notes who needs page numbers.
local function walk(cx, list, counters, is_numbered)
  for i = 1, #list do
    local item = list[i]
    if item then
      if item.uses_pages then cx.is_paged = true end
      if item.is_sources then cx.has_sources = true end
      if item.is_heading then
        local level = item.level
        local entry = { level = level, place = item.place, in_contents = item.in_contents }
        if is_numbered and item.is_numbered then
          counters[level] = (counters[level] or 0) + 1
          for deeper = level + 1, 6 do counters[deeper] = nil end
          local parts = {}
          for l = 1, level do parts[l] = tostring(counters[l] or 1) end
          entry.number = table.concat(parts, ".")
        end
        if level > (cx.last_level or 0) + 1 then
          engine.report("finding", ("a heading of level %d follows one of level %d; screen readers expect no gap")
            :format(level, cx.last_level or 0), item.place)
        end
        cx.last_level = level
        entry.id = item.anchor or "section-" .. (#cx.entries + 1)
        cx.entries[#cx.entries + 1] = entry
        item.entry = entry
        entry.source = item.source
      end
      local id = item.anchor or item.id
      if id then
        if cx.anchors[id] then
          options.fail(('the id "%s" is used twice; first at %s'):format(id, cx.anchors[id].place), item.place)
        end
        cx.anchors[id] = item
      end
      if item.children then walk(cx, item.children, counters, is_numbered) end
    end
  end
end

--- What header, footer and background are told about a page.
local function facts_of(self, number)
  local page = self.pages[number]
  return { number = number, count = self.cx.count or 0, section = page and page.section or "", title = self.title,
    is_first = number == 1, name = page and page.name or "" }
end

local function draw_furniture(self, kind, make, number, canvas, x, y, width, height)
  local cx = self.cx
  cx.at, cx.page = self.report.place, number
  cx.is_furniture = true -- An artifact has no links: there would be nothing in the structure to hold them.
  local made = make(facts_of(self, number))
  if not made then
    cx.is_furniture = nil
    return
  end
  if type(made) == "string" then made = text.text { made, style = kind } end
  if type(made) ~= "table" or not made.layout then
    cx:fail(("%s must give a block, got a %s"):format(kind, type(made)))
  end
  local fragment = made:layout(cx, width, height)
  if not fragment then
    cx:fail(("the %s does not fit into the %.0f points of its margin"):format(kind, height), made.place)
  end
  canvas:begin_artifact(kind == "header" and "Header" or kind == "footer" and "Footer" or "Background")
  if kind == "header" then y = y + height - fragment.height end
  fragment:draw(canvases.quiet(canvas), x, y)
  canvas:end_artifact()
  cx.is_furniture = nil
end

--- Nothing of the flow fits on an empty page: says which block, how high it is and how much there is.
local function too_high(cx, stuck, width, height)
  local blamed = cx.stuck or stuck
  local fragment = blamed:layout(cx, width, 1e7)
  cx:fail(fragment
    and ("a block of %.0f points is higher than the page, which has %.0f"):format(fragment.height, height)
    or ("a block does not fit into a page of %.0f points"):format(height), blamed.place)
end

--- A page with its canvas; while drawing, the background comes first.
local function open_page(self, is_drawn, name)
  local cx, background = self.cx, self.report.background
  local number = cx.page + 1
  if number > (engine.job.pages_most or math.huge) then
    engine.limit(("more than %d pages; --max-pages allows more"):format(engine.job.pages_most), self.report.place)
  end
  cx.page = number
  local canvas
  if is_drawn then
    canvas = self.document:page(self.width, self.height)
    cx.sheet = canvas
  else
    canvas = canvases.dry(self.width, self.height, number)
  end
  cx.facts = { name = name, canvas = is_drawn and canvas or nil, section = cx.section or "", top = self.margins.top }
  self.pages[number] = cx.facts
  if is_drawn and background and name ~= "cover" then
    draw_furniture(self, "background", background, number, canvas, 0, 0, self.width, self.height)
  end
  return canvas
end

local function close_page(self, canvas, is_drawn)
  self.cx.sheet = nil
  if is_drawn then
    if self.cx.boxes then
      local m = self.margins
      canvas:begin_artifact("Layout")
      canvas:rect(m.left, m.top, self.width - m.left - m.right, self.height - m.top - m.bottom,
        { stroke = "#3070d080", line_width = 0.25 })
      canvas:end_artifact()
    end
    canvas:finish()
    if not (self.has_furniture) then self.pages[self.cx.page].canvas = nil end
  end
end

--- The fragment that fills a page of the flow, and what remains.
local function fill_page(self, rest)
  local cx, m = self.cx, self.margins
  local width, height = self.width - m.left - m.right, self.height - m.top - m.bottom
  cx.stuck, cx.is_loose = nil, nil
  cx.grid_edge = self.has_grid and height
  local fragment, more = rest:layout(cx, width, height)
  if not fragment then
    cx.stuck, cx.is_loose = nil, true
    fragment, more = rest:layout(cx, width, height)
    cx.is_loose = nil
    if not fragment then too_high(cx, rest, width, height) end
  end
  cx.grid_edge = false
  return fragment, more
end

--- Draws a page that was laid out; or while page numbers are being found, asks it for names and headings and keeps it.
--- `rest` is what follows.
local function end_page(self, canvas, is_drawn, fragment, x, y, rest)
  local cx = self.cx
  if is_drawn then
    fragment:draw(canvas, x, y)
  else
    block.locate(fragment, canvas, x, y)
    if cx.page <= KEPT_MOST then
      self.kept[cx.page] = { fragment = fragment, x = x, y = y, at = cx.at, name = cx.facts.name }
      self.rest = rest
    end
  end
  close_page(self, canvas, is_drawn)
end

local function begin_pass(self, is_drawn)
  local cx = self.cx
  cx.page, cx.section, cx.bookmarks, cx.places, cx.asked = 0, nil, nil, {}, {}
  cx.pass, cx.is_dry, cx.page_texts = (cx.pass or 0) + 1, not is_drawn, not is_drawn and {} or nil
  self.pages = {}
end

--- Lays the flow out page by page: each of them is drawn and forgotten, or kept.
local function lay_out(self, rest, is_drawn)
  while rest do
    local head = not rest.rest and rest.children[rest.first]
    if head and head.breaks then
      rest = rest:skip()
    elseif head and head.own_page then
      local canvas = open_page(self, is_drawn, "cover")
      local fragment = head:layout_page(self.cx, self.width, self.height, self.margins)
      rest = rest:skip()
      end_page(self, canvas, is_drawn, fragment, 0, 0, rest)
    else
      local canvas = open_page(self, is_drawn, "")
      local fragment
      fragment, rest = fill_page(self, rest)
      end_page(self, canvas, is_drawn, fragment, self.margins.left, self.margins.top, rest)
    end
  end
end

--- Draws the report: what the last pass kept, letting go of it page by page, and what comes after that.
local function draw(self)
  begin_pass(self, true)
  local kept, rest = self.kept or {}, flow.new(self.report.children)
  if self.kept then rest = self.rest end
  for number = 1, #kept do
    local page = kept[number]
    kept[number] = false
    local canvas = open_page(self, true, page.name)
    self.cx.at = page.at
    end_page(self, canvas, true, page.fragment, page.x, page.y)
  end
  lay_out(self, rest, true)
end

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
  self.title = inline.plain(cx, report.title or data.dataset and data.dataset.title or "", "body", report.place)
  document:metadata { title = self.title, author = report.author, subject = report.subject or report.subtitle,
    keywords = report.keywords, language = language }
  walk(cx, report.children, {}, report.numbered)
  for _, entry in ipairs(cx.entries) do
    cx.anchors[entry.id] = cx.anchors[entry.id] or entry
    entry.title = inline.plain(cx, entry.source, "body", entry.place)
  end
  local footer = report.footer
  if footer == nil then footer = require("briefpress.furniture").footer end
  self.has_furniture = report.header or footer
  local is_counted = report.background ~= nil and report.background ~= false
  cx.is_paged = cx.is_paged or is_counted
  if cx.is_paged then
    for i = 1, PASSES_MOST do
      begin_pass(self, false)
      self.kept, self.rest = {}, nil
      lay_out(self, flow.new(report.children), false)
      cx.known, cx.count = cx.places, cx.page
      if is_stable(cx) then break end
      if i == PASSES_MOST then
        options.fail(("the page numbers do not settle after %d passes; a text that prints one moves what it points to")
          :format(PASSES_MOST), report.place)
      end
    end
  end
  draw(self)
  cx.count = cx.page
  local m = self.margins
  local inner = width - m.left - m.right
  if self.has_furniture then
    for number = 1, #self.pages do
      local page = self.pages[number]
      if page.name ~= "cover" then
        cx.sheet = nil
        if report.header then
          draw_furniture(self, "header", report.header, number, page.canvas, m.left, m.top * 0.2, inner, m.top * 0.5)
        end
        if footer then
          draw_furniture(self, "footer", footer, number, page.canvas, m.left, height - m.bottom * 0.62, inner,
            m.bottom * 0.55)
        end
        page.canvas:finish()
      end
      page.canvas = nil
    end
  end
  return { ledger = cx.ledger, pages = cx.count }
end

return M
