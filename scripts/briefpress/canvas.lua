--- Drawing by hand as a block, and the two stand-ins for a page: one that only listens (layout without drawing), one
--- that leaves out tags (headers, footers and backgrounds are artifacts as a whole).
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local options = require "briefpress.options"

local M = {}

local function nothing() end

local Dry = {}
Dry.__index = function() return nothing end

--- A page that draws nothing.
---@param width number
---@param height number
---@param number integer
function M.dry(width, height, number)
  return setmetatable({ width = width, height = height, number = number,
    text = function(_, style, _, _, text) return engine.text.width(style, text) end }, Dry)
end

local untagged = { begin_tag = nothing, end_tag = nothing, begin_artifact = nothing, end_artifact = nothing,
  reserve_tag = nothing, begin_section = nothing, link = nothing, finish = nothing }
function untagged.row(self, styles, offsets, aligns, texts, first, x, y)
  for i, style in ipairs(styles) do
    local align = aligns[i] == 1 and "right" or aligns[i] == 0 and "left" or "center"
    self.page:text(style, x + offsets[i], y, texts[first + i - 1], align)
  end
end

local Quiet = {}
Quiet.__index = function(_, name)
  local method = untagged[name]
  if not method then
    method = function(self, ...)
      local page = self.page
      return page[name](page, ...)
    end
    untagged[name] = method
  end
  return method
end

--- The page without tags and links.
---@param page engine.Page
function M.quiet(page)
  return setmetatable({ page = page, width = page.width, height = page.height, number = page.number }, Quiet)
end

--- Begins a figure, whose box is where it is drawn.
---@param canvas engine.Page
---@param alt string
function M.begin_figure(canvas, alt, x, y, width, height)
  canvas:begin_tag("Figure", { alt = alt, box = { x, y, width, height } })
end

--- Tells `check`, once, that something was drawn by hand which a screen reader can neither read nor know to pass over.
--- `cx.on_undeclared(place, text)`, where it is set, is called instead.
---@param cx briefpress.Context
---@param place? string
---@param text string
function M.undeclared(cx, place, text)
  if cx.on_undeclared then return cx.on_undeclared(place, text) end
  local told = cx.undeclared or {}
  cx.undeclared = told
  if told[place or ""] then return end
  told[place or ""] = true
  engine.report("note", text, place)
end

local Canvas = { is_canvas = true }
Canvas.__index = Canvas

function Canvas:measure(cx, width)
  local own = self.width and cx:length(self.width, width)
  return own or 0, own or width
end

local Fragment = { locate = false }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local cx, owner = self.cx, self.owner
  if cx.is_dry then return end
  local at = cx.at
  cx.at = owner.place
  local alt = owner.alt
  if alt then
    M.begin_figure(canvas, alt, x, y, self.own, self.height)
  else
    canvas:begin_artifact(owner.is_background and "Background" or "Layout")
  end
  local is_declared = alt or owner.decorative or owner.is_background or cx.is_furniture
  local before = not is_declared and canvas:painted()
  canvas:save()
  owner.draw(canvas, x, y, self.own, self.height, cx)
  canvas:restore()
  if not is_declared and canvas:painted() ~= before then
    M.undeclared(cx, owner.place, 'canvas: say what it shows, as alt = "…"; decorative = true marks an ornament')
  end
  if alt then canvas:end_tag() else canvas:end_artifact() end
  cx.at = at
end

function Canvas:layout(cx, width, height)
  local own = self.width and math.min(width, cx:length(self.width, width)) or width
  local whole = height < 1e6 and height or 0
  local tall = self.height and cx:length(self.height, whole) or whole
  if tall > height then return nil, self end
  return setmetatable({ cx = cx, owner = self, width = width, own = own, height = tall }, Fragment)
end

local known = options.define("canvas", { width = "length", height = "length", alt = "string", decorative = "boolean",
  draw = "function" })

--- `draw(canvas, x, y, width, height, cx)` paints into the box. With `alt` it is a figure, else decoration; what is not
--- said to be the one or the other is a finding of `check`.
function M.canvas(spec)
  options.expect(spec, "table", "canvas")
  spec = options.read("canvas", spec, known)
  local draw = spec.draw or spec[1]
  options.expect(draw, "function", "canvas: draw")
  local alt = spec.alt ~= "" and spec.alt or nil
  if alt and spec.decorative then options.fail "canvas: an ornament has no alt; leave out decorative, or alt" end
  return block.make(Canvas, { width = spec.width, height = spec.height, alt = alt, draw = draw,
    decorative = spec.decorative or spec.alt == "" }, spec)
end

return M
