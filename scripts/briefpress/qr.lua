--- QR codes: vector modules in one path, with an alternative text that says the content, and a link where it is one.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"
local contrast = require "briefpress.contrast"
local options = require "briefpress.options"
local phrase = require "briefpress.phrase".phrase
local text = require "briefpress.text"

local M = {}

local QUIET = 4 -- Modules of the quiet zone around a code, as the standard asks for.
local MODULE_LEAST = 0.3 * 72 / 25.4 -- Cameras of phones read smaller modules badly.

local Code = {}
Code.__index = Code

function Code:prepare()
  if not self.path then self.modules, self.path = engine.image.qr(self.content, self.level) end
end

function Code:side(cx, width)
  self:prepare()
  local side = math.min(cx:length(self.size, width), width)
  local module = side / (self.modules + (self.quiet and 2 * QUIET or 0))
  if module < MODULE_LEAST and not self.is_told then
    self.is_told = true
    engine.report("finding", ('qr: modules of %.2f mm are hard to scan; give it size = "%.0fmm" or more, '
      .. "a lower level, or a shorter text"):format(module * 25.4 / 72, math.ceil(side / module * 0.3)), self.place)
  end
  return side, module
end

function Code:measure(cx, width)
  local side = self:side(cx, width)
  return side, side
end

local Fragment = { locate = false }
Fragment.__index = Fragment

--- Dark on light, whatever the theme: a code the other way round is not read by all.
local function colors(owner, cx)
  local ink, ground = cx:color(owner.color), cx:color "paper"
  if contrast.luminance(ground) > contrast.luminance(ink) then return ink end
  return "#000000", "#ffffff"
end

function Fragment:draw(canvas, x, y)
  local owner, cx, side, module = self.owner, self.cx, self.side, self.module
  local slack = self.width - side
  local left = owner.align == "center" and x + slack / 2 or owner.align == "right" and x + slack or x
  local ink, ground = colors(owner, cx)
  local inset = owner.quiet and QUIET * module or 0
  local caption = self.caption
  if caption then canvas:begin_tag("Div") end
  if owner.target then canvas:begin_tag("Link") end
  canvases.begin_figure(canvas, owner.alt or phrase("alt_qr", { content = owner.content }), left, y, side, side)
  canvas:save()
  if ground then canvas:rect(left, y, side, side, { fill = ground }) end
  canvas:transform(module, 0, 0, module, left + inset, y + inset)
  canvas:path(owner.path, { fill = ink })
  canvas:restore()
  canvas:end_tag()
  if owner.target then
    canvas:link(left, y, side, side, owner.target, owner.alt)
    canvas:end_tag()
  end
  if caption then
    caption:draw(canvas, x + self.caption_at, y + side + 4)
    canvas:end_tag()
  end
end

function Code:layout(cx, width, height)
  local side, module = self:side(cx, width)
  local at = self.quiet and self.align ~= "center" and self.align ~= "right" and QUIET * module or 0
  local caption = self.caption and self.caption:layout(cx, width - at, 1e6)
  local total = side + (caption and caption.height + 4 or 0)
  if total > height then return nil, self end
  return setmetatable({ owner = self, cx = cx, width = width, height = total, side = side, module = module,
    caption = caption, caption_at = at }, Fragment) -- Its caption begins level with the modules.
end

local schemes = { "https://", "http://", "mailto:", "tel:" }

local function target_of(content)
  for _, scheme in ipairs(schemes) do
    if content:sub(1, #scheme) == scheme and #content > #scheme and not content:find "[%s%c]" then return content end
  end
end

local known = options.define("qr", {
  size = "length", level = { "L", "M", "Q", "H" }, quiet = "boolean", alt = "string", color = "color",
  align = { "left", "center", "right" }, link = "boolean", caption = "string",
})

--- The text may be an address, which becomes a link too, or anything else that a code can hold.
function M.qr(spec)
  spec = options.read("qr", spec, known)
  local content = spec[1]
  if type(content) ~= "string" or content == "" then
    options.fail(("qr expects the text that it holds, got %s"):format(content == "" and "an empty one"
      or content == nil and "nothing" or "a " .. type(content)))
  end
  return block.make(Code, { content = content, size = spec.size or "25mm", level = spec.level or "M",
    quiet = spec.quiet ~= false, alt = spec.alt, color = spec.color or "ink", align = spec.align,
    target = spec.link ~= false and target_of(content) or nil,
    caption = spec.caption and text.new(spec.caption, { style = "caption", tag = "Caption" }) }, spec)
end

return M
