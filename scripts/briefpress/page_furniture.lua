--- What stands around the flow of a page: header, footer and background. They are artifacts, so that a screen reader
--- reads the report alone.
local engine = require "briefpress.engine"
local canvases = require "briefpress.canvas"
local page_style = require "briefpress.page_style"
local text = require "briefpress.text"

local M = {}

--- Running titles are found when they are asked for.
local Facts = {}
function Facts:__index(key)
  if key ~= "first_titles" and key ~= "last_titles" then return nil end
  local first, last = require("briefpress.page_titles").of(Facts.pages, self.number)
  self.first_titles, self.last_titles = first, last
  return self[key]
end

--- What header, footer and background are told about a page.
---@return briefpress.PageFacts
local function facts_of(self, number)
  local page = self.pages[number]
  local side = number % 2 == 0 and "left" or "right"
  Facts.pages = self.pages
  return setmetatable({ number = number, count = self.cx.count or 0, label = M.label(self, number),
    has_labels = self.has_labels, section = page.section or "", title = self.title, is_first = number == 1,
    is_last = number == self.cx.count, side = side, name = page.name }, Facts)
end

--- The number of a page as it is printed.
---@return string
function M.label(self, number)
  local page = self.pages[number]
  local kind, ordinal = page.numbers.kind, page.numbers.first + page.ordinal - 1
  if kind == "1" then return engine.format.number(ordinal, { grouping = false }) end
  return require("briefpress.page_styles").label(kind, ordinal)
end

--- Lays out a text that has no line of its own in the layout: what is wrong in it says that it is of the header or
--- footer, for the line is that of the report.
local function lay_out_text(made, kind, cx, width, height)
  local ok, answer = pcall(made.layout, made, cx, width, height)
  if ok then return answer end
  error(type(answer) == "string" and ("the %s: %s"):format(kind, answer) or answer, 0)
end

--- Draws one of them into a box. `height` is the room there is; a header stands at the foot of it.
---@param kind "header"|"footer"|"background"
local function draw(self, kind, number, canvas, x, y, width, height)
  local given = self.pages[number].style[kind]
  if not given then return end
  local facts = facts_of(self, number)
  local made = page_style.choose(given, facts)
  if not made then return end
  local cx = self.cx
  cx.at, cx.page = self.report.place, number
  cx.is_furniture = true -- An artifact has no links: there would be nothing in the structure to hold them.
  if type(made) == "function" then made = made(facts) end
  if not made then
    cx.is_furniture = nil
    return
  end
  local is_text = type(made) == "string"
  if is_text then made = text.text { made, style = kind == "footer" and "footer" or "header" } end
  if type(made) ~= "table" or not made.layout then
    cx:fail(("%s must give a block, got a %s"):format(kind, type(made)))
  end
  local fragment
  if is_text then
    fragment = lay_out_text(made, kind, cx, width, height)
  else
    fragment = made:layout(cx, width, height)
  end
  if not fragment then
    cx:fail(("the %s does not fit into the %.0f points of its margin"):format(kind, height), made.place)
  end
  canvas:begin_artifact(kind == "header" and "Header" or kind == "footer" and "Footer" or "Background")
  if kind == "header" then y = y + height - fragment.height end
  fragment:draw(canvases.quiet(canvas), x, y)
  canvas:end_artifact()
  cx.is_furniture = nil
end

--- True where the background of a page style depends on the number of pages.
function M.needs_count(style)
  local background = style.background
  return type(background) == "function" or (type(background) == "table" and not background.layout)
end

--- Draws the paper of a theme that is not white, up to the edge of its bleed.
function M.draw_ground(self, style, canvas)
  local bleed = self.bleed
  canvas:begin_artifact("Background")
  canvas:rect(-bleed, -bleed, style.width + 2 * bleed, style.height + 2 * bleed, { fill = self.ground })
  canvas:end_artifact()
end

--- Draws the background of a page, up to the edge of its bleed.
function M.draw_background(self, number, canvas)
  local style, bleed = self.pages[number].style, self.bleed
  draw(self, "background", number, canvas, -bleed, -bleed, style.width + 2 * bleed, style.height + 2 * bleed)
end

--- Draws headers and footers of all pages that have them, when their number is known.
function M.draw_all(self)
  self.cx.is_dry, self.cx.is_skipped = false, false
  for number = 1, #self.pages do
    local page = self.pages[number]
    local style, canvas = page.style, page.canvas
    if canvas and page.has_furniture then
      local sheet = style:sheet(number)
      local m = sheet.margins
      local inner = style.width - m.left - m.right
      self.cx.sheet, self.cx.sheet_of = nil, sheet
      draw(self, "header", number, canvas, m.left, m.top * 0.2, inner, m.top * 0.5)
      draw(self, "footer", number, canvas, m.left, style.height - m.bottom * 0.62, inner, m.bottom * 0.55)
      canvas:finish()
    end
    page.canvas = nil
  end
end

return M
