--- A word across the page, "Draft", as the background of pages: an artifact that no screen reader reads.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local options = require "briefpress.options"

local M = {}

local SHARE = 0.62 -- Of the way across the page that the word takes, where it has no size.

local Watermark = { space_before = 0, space_after = 0 }
Watermark.__index = Watermark

function Watermark.measure(_, _, width)
  return 0, width
end

local Fragment = { locate = false }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  if self.cx.is_dry then return end
  local cos, sin = math.cos(self.angle), math.sin(self.angle)
  canvas:begin_artifact("Background")
  canvas:save()
  canvas:transform(cos, -sin, sin, cos, x + self.width / 2, y + self.height / 2)
  canvas:text(self.style, 0, self.drop, self.text, "center")
  canvas:restore()
  canvas:end_artifact()
end

function Watermark:layout(cx, width, height)
  if height > 1e6 then return nil, self end
  local angle = self.angle and math.rad(self.angle) or math.atan(height, width)
  local color = self.color or cx.theme.colors.watermark or "accent_soft"
  local style, token = cx:style(self.style, { color = color, size = self.size })
  if not self.size then
    local reach = math.min(width / math.max(math.abs(math.cos(angle)), 1e-6),
      height / math.max(math.abs(math.sin(angle)), 1e-6))
    local size = token.size * SHARE * reach / engine.text.width(style, self.text)
    style = cx:style(self.style, { color = color, size = math.floor(math.min(size, height * 0.5) + 0.5) })
  end
  return setmetatable({ cx = cx, width = width, height = height, style = style, text = self.text, angle = angle,
    drop = engine.text.metrics(style).cap_height / 2 }, Fragment)
end

local known = options.define("watermark", {
  angle = "number", color = "color", size = "amount", style = "string",
})

--- See scripts/types/pages.lua.
---@param spec briefpress.options.watermark|string
function M.watermark(spec)
  spec = options.read("watermark", spec, known)
  local text = spec[1]
  if type(text) ~= "string" or text == "" then
    options.fail(("watermark expects its word as a string, got %s"):format(text == nil and "nothing"
      or text == "" and "an empty one" or "a " .. type(text)))
  end
  if spec.size == 0 then options.fail("watermark: size must be positive") end
  return block.make(Watermark, { text = text, angle = spec.angle, color = spec.color, size = spec.size,
    style = spec.style or "h1" }, spec)
end

return M
