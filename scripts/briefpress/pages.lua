--- Pages: each is filled from the flow, drawn and forgotten, or kept while page numbers are being found. What is drawn
--- in their margins comes last, when the number of pages is known.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"
local flow = require "briefpress.flow"
local text = require "briefpress.text"

local M = {}

local KEPT_MOST = 500 -- Pages that are held between being laid out and drawn; later ones are laid out again.

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
  cx:fail(require("briefpress.overflow").said(cx, blamed, width, height), blamed.place)
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
    if not fragment and cx.overflow == "mark" then
      cx.stuck, cx.is_marking = nil, true
      fragment, more = rest:layout(cx, width, height)
      cx.is_marking = nil
    end
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

--- Begins a pass over the report: one that draws, or one that only finds page numbers.
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

--- Lays the report out without drawing it, to find its page numbers.
function M.find(self)
  begin_pass(self, false)
  self.kept, self.rest = {}, nil
  lay_out(self, flow.new(self.report.children), false)
end

--- Draws the report: what the last pass kept, letting go of it page by page, and what comes after that.
function M.draw(self)
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

--- Headers and footers of all pages but covers.
function M.draw_furniture(self)
  local report, width, height, m = self.report, self.width, self.height, self.margins
  local inner = width - m.left - m.right
  for number = 1, #self.pages do
    local page = self.pages[number]
    if page.name ~= "cover" then
      self.cx.sheet = nil
      if report.header then
        draw_furniture(self, "header", report.header, number, page.canvas, m.left, m.top * 0.2, inner, m.top * 0.5)
      end
      if self.footer then
        draw_furniture(self, "footer", self.footer, number, page.canvas, m.left, height - m.bottom * 0.62, inner,
          m.bottom * 0.55)
      end
      page.canvas:finish()
    end
    page.canvas = nil
  end
end

return M
