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

local Canvas = {}
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
  if owner.alt then canvas:begin_tag("Figure", { alt = owner.alt }) else canvas:begin_artifact("Layout") end
  canvas:save()
  owner.draw(canvas, x, y, self.own, self.height, cx)
  canvas:restore()
  if owner.alt then canvas:end_tag() else canvas:end_artifact() end
  cx.at = at
end

function Canvas:layout(cx, width, height)
  local own = self.width and math.min(width, cx:length(self.width, width)) or width
  local whole = height < 1e6 and height or 0
  local tall = self.height and cx:length(self.height, whole) or whole
  if tall > height then return nil, self end
  return setmetatable({ cx = cx, owner = self, width = width, own = own, height = tall }, Fragment)
end

local known = options.define("canvas", { width = "length", height = "length", alt = "string", draw = "function" })

--- `draw(canvas, x, y, width, height, cx)` paints into the box. With `alt` it is a figure, else decoration.
function M.canvas(spec)
  options.expect(spec, "table", "canvas")
  spec = options.read("canvas", spec, known)
  local draw = spec.draw or spec[1]
  options.expect(draw, "function", "canvas: draw")
  return block.make(Canvas, { width = spec.width, height = spec.height, alt = spec.alt, draw = draw }, spec)
end

return M
