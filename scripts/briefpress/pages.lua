--- Pages: each is filled from the flow, drawn and forgotten, or kept while page numbers are being found. Groups of them
--- (b.page) have a style and numbers of their own. What is drawn in the margins comes last, when the number of pages is
--- known.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"
local flow = require "briefpress.flow"
local furniture = require "briefpress.page_furniture"

local M = {}

local KEPT_MOST = 500 -- Pages that are held between being laid out and drawn; later ones are laid out again.

--- Nothing of the flow fits on an empty page: says which block, how high it is and how much there is.
local function too_high(cx, stuck, width, height)
  local blamed = cx.stuck or stuck
  local overflow = require "briefpress.overflow"
  cx:fail(overflow.said(cx, blamed, width, height) .. "; " .. overflow.remedy(cx, blamed, width), blamed.place)
end

--- Where the rendering is at: what remains of a flow, the style and numbers of its pages, and what comes after it.
---@class briefpress.Position
---@field rest table                 A flow.
---@field style briefpress.PageStyle
---@field numbers {kind:string, first:integer}
---@field outer? briefpress.Position

--- The place after `rest` is all that remains: in the same group of pages, else behind it.
---@return briefpress.Position?
local function advance(at, rest)
  if not rest then return at.outer end
  return { rest = rest, style = at.style, numbers = at.numbers, outer = at.outer }
end

--- True where --pages leaves a page out of the PDF: it is laid out, and asked for names and headings.
local function is_left_out(number)
  local ranges = engine.job.ranges
  for i = 1, #ranges, 2 do
    if number >= ranges[i] and number <= ranges[i + 1] then return false end
  end
  return #ranges > 0
end

local function marks()
  return require "briefpress.marks"
end

--- A page with its canvas; while drawing, the background comes first.
local function open_page(self, at, is_drawn, name)
  local cx, style, numbers = self.cx, at.style, at.numbers
  local number = cx.page + 1
  if number > (engine.job.pages_most or math.huge) then
    local most = engine.job.pages_most
    engine.limit(("more than %d %s; --max-pages allows more"):format(most, most == 1 and "page" or "pages"),
      self.report.place)
  end
  cx.page = number
  cx.is_skipped = is_drawn and is_left_out(number)
  is_drawn = is_drawn and not cx.is_skipped
  cx.is_dry = not is_drawn
  local canvas
  if is_drawn then
    canvas = self.document:page(style.width, style.height)
    cx.sheet = canvas
    if self.slug then
      canvas:trim(self.bleed, self.slug)
      if self.report.crop_marks then marks().draw(canvas, style.width, style.height, self.bleed) end
    end
  else
    canvas = canvases.dry(style.width, style.height, number)
  end
  local ordinal = (self.counted[numbers] or 0) + 1
  self.counted[numbers] = ordinal
  local is_bare = name == "cover" or name == "blank"
  local page = { name = name or style.name, canvas = is_drawn and canvas or nil, section = cx.section or "",
    top = style.margins.top, style = style, numbers = numbers, ordinal = ordinal,
    has_furniture = not is_bare and (style.header or style.footer) and true }
  cx.facts, self.pages[number], cx.sheet_of = page, page, style:sheet(number)
  if is_drawn and (self.has_labels or #engine.job.ranges > 0) then
    if self.numbers_of_last ~= numbers or self.last_drawn ~= number - 1 then
      self.document:label(self.document:page_count(), numbers.kind, nil, numbers.first + ordinal - 1)
    end
    self.numbers_of_last, self.last_drawn = numbers, number
  end
  if is_drawn and self.ground then furniture.draw_ground(self, style, canvas) end
  if is_drawn and style.background and not is_bare then furniture.draw_background(self, number, canvas) end
  return canvas
end

local function close_page(self, canvas, is_drawn)
  self.cx.sheet = nil
  if not is_drawn then return end
  local page = self.cx.facts
  if self.cx.boxes then
    local m = page.style:sheet(self.cx.page).margins
    canvas:begin_artifact("Layout")
    canvas:rect(m.left, m.top, page.style.width - m.left - m.right, page.style.height - m.top - m.bottom,
      { stroke = "#3070d080", line_width = 0.25 })
    canvas:end_artifact()
  end
  canvas:finish()
  if not page.has_furniture then page.canvas = nil end
end

--- The fragment that fills a page of the flow, and what remains.
local function fill_page(self, at)
  local cx, style, rest = self.cx, at.style, at.rest
  local m = style.margins
  local width, height = style.width - m.left - m.right, style.height - m.top - m.bottom
  local function lay(room)
    cx.stuck, cx.is_loose, cx.grid_edge = nil, nil, self.has_grid and room
    return rest:layout(cx, width, room)
  end
  local fragment, more = lay(height)
  if not fragment then
    cx.stuck, cx.parted, cx.is_loose = nil, nil, true
    fragment, more = rest:layout(cx, width, height)
    if not fragment and cx.overflow == "mark" then
      cx.stuck, cx.is_marking = nil, true
      fragment, more = rest:layout(cx, width, height)
      cx.is_marking = nil
    end
    cx.is_loose = nil
    if not fragment then too_high(cx, rest, width, height) end
    if cx.parted then require("briefpress.overflow").parted(cx, fragment) end
  end
  if cx.floats then
    local floats = require "briefpress.page_floats"
    local whole, left, lay_with = floats.fill(cx, rest, lay, width, height)
    lay = lay_with
    if whole then fragment, more = whole, left else floats.defer(cx, fragment) end
  end
  if cx.notes then
    fragment, more = require("briefpress.page_notes").fill(cx, lay, fragment, more, width, height)
  end
  if cx.floats then require("briefpress.page_floats").commit(cx, fragment) end
  cx.grid_edge = false
  return fragment, more
end

--- Draws a page that was laid out; or while page numbers are being found, asks it for names and headings and keeps it.
--- `at` is where it stands, `after` what follows.
local function end_page(self, canvas, is_drawn, fragment, x, y, at, after)
  local cx = self.cx
  if is_drawn and not cx.is_skipped then
    fragment:draw(canvas, x, y)
  else
    if cx.figure_pages then -- A glossary needs to know where figures stand, and drawing alone tells that.
      local is_dry = cx.is_dry
      cx.is_dry = false
      fragment:draw(canvas, x, y)
      cx.is_dry = is_dry
    else
      block.locate(fragment, canvas, x, y)
    end
    if not is_drawn and cx.page <= KEPT_MOST then
      self.kept[cx.page] = { fragment = fragment, x = x, y = y, place = cx.at, name = cx.facts.name, style = at.style,
        numbers = at.numbers }
      self.after, self.after_notes = after, cx.notes and require("briefpress.page_notes").state(cx)
      self.after_floats = cx.floats and cx.floats.queue
    end
  end
  cx.facts.filled = fragment.height
  close_page(self, canvas, is_drawn and not cx.is_skipped)
end

--- Begins a pass over the report: one that draws, or one that only finds page numbers.
local function begin_pass(self, is_drawn)
  local cx = self.cx
  cx.page, cx.section, cx.bookmarks, cx.places, cx.asked = 0, nil, nil, {}, {}
  cx.pass, cx.is_dry, cx.page_texts = (cx.pass or 0) + 1, not is_drawn, not is_drawn and {} or nil
  self.pages, self.counted, self.numbers_of_last, cx.heard = {}, {}, nil, nil
  if cx.notes then require("briefpress.page_notes").begin(cx) end
  if cx.floats then cx.floats.queue = {} end
end

local function nothing() end

local BLANK = { width = 0, height = 0, draw = nothing, locate = false }

--- Goes on on the side that a block wants: a page is left blank where the next one is the other.
local function turn_to(self, side, at, is_drawn)
  if not side or (self.cx.page + 1) % 2 == (side == "right" and 1 or 0) then return end
  local last = self.pages[self.cx.page]
  local own = { style = at.style, numbers = last and last.numbers or at.numbers } -- It belongs to what came before.
  local canvas = open_page(self, own, is_drawn, "blank")
  end_page(self, canvas, is_drawn, BLANK, 0, 0, own, at)
end

--- Enters a group of pages.
local function enter(self, group, at)
  local style, numbers = at.style, at.numbers
  if group.page_style then
    style = self.styles[group.page_style]
      or require("briefpress.page_styles").named(self.report, self.style, group.page_style, group.place)
    self.styles[group.page_style] = style
  end
  if group.numbers then
    numbers, self.has_labels = group.numbers, true
  end
  return { rest = flow.new(group.children), style = style, numbers = numbers, outer = advance(at, at.rest:skip()) }
end

--- Pages for what is left: of the notes behind all others, of the floats before others begin.
local function for_left(self, outer)
  local last = self.pages[self.cx.page]
  return { rest = flow.new {}, style = last.style, numbers = last.numbers, outer = outer }
end

--- Lays the flow out page by page: each of them is drawn and forgotten, or kept.
local function lay_out(self, at, is_drawn)
  local cx = self.cx
  while at or (cx.notes and cx.notes.carried) do
    at = at or for_left(self)
    local rest = at.rest
    local head = not rest.rest and rest.children[rest.first]
    if head and head.breaks then
      at = advance(at, rest:skip())
    elseif head and head.layout_page then
      local canvas, own = open_page(self, at, is_drawn, "cover"), at
      local sheet = at.style:sheet(cx.page)
      local fragment = head:layout_page(cx, sheet.width, sheet.height, sheet.margins, self.bleed)
      at = advance(at, rest:skip())
      end_page(self, canvas, is_drawn, fragment, 0, 0, own, at)
    elseif head and head.own_page then
      if cx.floats and cx.floats.queue[1] then
        at = for_left(self, at)
      else
        turn_to(self, head.start, at, is_drawn)
        if head.is_page then at = enter(self, head, at) else at = advance(at, rest:skip()) end
      end
    else
      local canvas, own = open_page(self, at, is_drawn), at
      local fragment, more = fill_page(self, at)
      at = advance(at, more)
      if not more and cx.floats and cx.floats.queue[1] then at = for_left(self, at) end
      local m = own.style:sheet(cx.page).margins
      end_page(self, canvas, is_drawn, fragment, m.left, m.top, own, at)
    end
  end
end

--- Where a report begins.
local function start(self)
  return { rest = flow.new(self.report.children), style = self.style, numbers = self.numbers }
end

--- Lays the report out without drawing it, to find its page numbers.
function M.find(self)
  begin_pass(self, false)
  self.kept, self.after = {}, nil
  lay_out(self, start(self), false)
end

--- Draws the report: what the last pass kept, letting go of it page by page, and what comes after that.
function M.draw(self)
  begin_pass(self, true)
  local kept, after = self.kept or {}, self.after
  if not self.kept then after = start(self) end
  for number = 1, #kept do
    local page = kept[number]
    kept[number] = false
    local canvas = open_page(self, page, true, page.name)
    self.cx.at = page.place
    end_page(self, canvas, true, page.fragment, page.x, page.y)
  end
  if self.after_notes then require("briefpress.page_notes").go_on(self.cx, self.after_notes) end
  if self.after_floats then self.cx.floats.queue = self.after_floats end
  lay_out(self, after, true)
end

--- The printed numbers of the pages of a pass; nil where all are numbered 1, 2, 3.
---@return string[]?
function M.labels(self)
  if not self.has_labels then return nil end
  local labels = {}
  for number = 1, #self.pages do labels[number] = furniture.label(self, number) end
  return labels
end

return M
