--- Images with alternative text and a caption: whole in their box, or filling it and clipped.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local options = require "briefpress.options"
local text = require "briefpress.text"

local M = {}

local Image = {}
Image.__index = Image

function Image:prepare()
  if self.image then return end
  self.image = engine.image.load(self.file)
  self.ratio = self.image.height / self.image.width
end

--- The box for a width that is available: as asked for, else the image's own size at its resolution.
function Image:box(cx, width)
  self:prepare()
  local image = self.image
  local wide = self.width and cx:length(self.width, width)
  local tall = self.height and cx:length(self.height, width)
  if not wide then wide = tall and tall / self.ratio or math.min(width, image.width * 72 / image.dpi) end
  if wide > width then
    if tall and self.fit ~= "cover" then tall = tall * width / wide end
    wide = width
  end
  return wide, tall or wide * self.ratio
end

function Image:measure(cx, width)
  local wide = self:box(cx, width)
  return math.min(wide, 24), wide
end

local Fragment = { locate = false }
Fragment.__index = Fragment

function Fragment:draw(canvas, x, y)
  local owner, wide, tall = self.owner, self.wide, self.tall
  local slack = self.width - wide
  local left = owner.align == "center" and x + slack / 2 or owner.align == "right" and x + slack or x
  local ratio = owner.ratio
  if owner.alt == "" then canvas:begin_artifact("Layout") else canvas:begin_tag("Figure", { alt = owner.alt }) end
  local fits_width = tall >= wide * ratio
  if owner.fit == "cover" then
    canvas:save()
    canvas:clip { "R", left, y, wide, tall }
    local w = fits_width and tall / ratio or wide
    canvas:image(owner.image, left + (wide - w) / 2, y + (tall - w * ratio) / 2, w, w * ratio)
    canvas:restore()
  else
    local w = fits_width and wide or tall / ratio
    canvas:image(owner.image, left + (wide - w) / 2, y + (tall - w * ratio) / 2, w, w * ratio)
  end
  if owner.alt == "" then canvas:end_artifact() else canvas:end_tag() end
  if self.caption then self.caption:draw(canvas, x, y + tall + 6) end
end

function Image:layout(cx, width, height)
  local wide, tall = self:box(cx, width)
  local caption = self.caption and self.caption:layout(cx, width, 1e6)
  local total = tall + (caption and caption.height + 6 or 0)
  if total > height then return nil, self end
  return setmetatable({ owner = self, width = width, height = total, wide = wide, tall = tall, caption = caption },
    Fragment)
end

local known = {
  width = "length", height = "length", alt = "string", caption = "string", fit = { "contain", "cover" },
  align = { "left", "center", "right" },
}

--- `alt` says what the image shows; "" marks an ornament.
function M.image(spec)
  spec = options.read("image", spec, known)
  local file = spec[1]
  if type(file) ~= "string" then
    options.fail(("image expects a file name, got %s"):format(file == nil and "nothing" or "a " .. type(file)))
  end
  if not spec.alt then
    options.fail(('image "%s": say what it shows, as alt = "…"; alt = "" marks an ornament'):format(file))
  end
  if spec.fit == "cover" and not spec.height then
    options.fail(('image "%s": fit = "cover" needs a height'):format(file))
  end
  return block.make(Image, { file = file, width = spec.width, height = spec.height, alt = spec.alt, fit = spec.fit,
    align = spec.align, caption = spec.caption and text.new(spec.caption, { style = "caption" }) }, spec)
end

return M
