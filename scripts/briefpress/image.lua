--- Pictures (PNG, JPEG) and drawings (SVG): whole in their box or filling it, cropped, with round corners, an
--- alternative text and a caption; and icons, which are drawings in one colour of the theme.
local engine = require "briefpress.engine"
local block = require "briefpress.block"
local canvases = require "briefpress.canvas"
local options = require "briefpress.options"
local shapes = require "briefpress.shapes"
local text = require "briefpress.text"

local M = {}

local SIDES = { "left", "top", "right", "bottom" }

local Image = {}
Image.__index = Image

--- The parts of the picture that are cut away: of its width or height, 0 to 1.
local function read_crop(self, image)
  local cut = { left = 0, top = 0, right = 0, bottom = 0 }
  for _, side in ipairs(SIDES) do
    local given = self.crop[side]
    local whole = (side == "left" or side == "right") and image.width or image.height
    if type(given) == "number" then
      cut[side] = given / whole
    elseif given then
      local percent = tonumber(given:match "^%s*([%d.]+)%s*%%%s*$")
      if not percent then
        options.fail(('image "%s": crop: %s = "%s" is neither pixels of the picture (12) nor a part of it ("10%%")')
          :format(self.file, side, given), self.place)
      end
      cut[side] = percent / 100
    end
    if cut[side] < 0 then
      options.fail(('image "%s": crop: %s must not be negative'):format(self.file, side), self.place)
    end
  end
  if cut.left + cut.right >= 1 or cut.top + cut.bottom >= 1 then
    options.fail(('image "%s": crop leaves nothing of the %g × %g pixels'):format(self.file, image.width, image.height),
      self.place)
  end
  return cut
end

function Image:prepare()
  if self.image then return end
  local image = engine.image.load(self.file)
  local cut = self.crop and read_crop(self, image)
  self.cut = cut
  self.wide_pixels = image.width * (cut and 1 - cut.left - cut.right or 1)
  self.tall_pixels = image.height * (cut and 1 - cut.top - cut.bottom or 1)
  self.ratio = self.tall_pixels / self.wide_pixels
  self.image = image
end

--- The box for a width that is available: as asked for, else the image's own size at its resolution.
function Image:box(cx, width)
  self:prepare()
  local wide = self.width and cx:length(self.width, width)
  local tall = self.height and cx:length(self.height, width)
  if not wide then
    wide = self.fit == "cover" and width or tall and tall / self.ratio
      or math.min(width, self.wide_pixels * 72 / self.image.dpi)
  end
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

local Fragment = {}
Fragment.__index = Fragment

--- Where the whole picture stands so that what is shown of it fills, or fits into, the box: the part that is shown, and
--- the picture.
local function place_picture(owner, x, y, wide, tall)
  local ratio, cut, focus = owner.ratio, owner.cut, owner.focus
  local fits_width = tall >= wide * ratio
  if owner.fit == "cover" then fits_width = not fits_width end
  local w = fits_width and wide or tall / ratio
  local h = w * ratio
  local left = x + (wide - w) * (focus and focus[1] or 0.5)
  local top = y + (tall - h) * (focus and focus[2] or 0.5)
  if not cut then return left, top, w, h, left, top, w, h end
  local full_w, full_h = w / (1 - cut.left - cut.right), h / (1 - cut.top - cut.bottom)
  return left, top, w, h, left - cut.left * full_w, top - cut.top * full_h, full_w, full_h
end

--- Draws the image into the box.
local function draw_picture(owner, canvas, cx, x, y, wide, tall)
  local look
  if owner.image.is_drawing then look = { style = (cx:style "label"), ink = owner.ink and cx:color(owner.ink) } end
  local left, top, w, h, full_left, full_top, full_w, full_h = place_picture(owner, x, y, wide, tall)
  if owner.fit == "cover" then left, top, w, h = x, y, wide, tall end
  local radius = owner.radius and cx:length(owner.radius, math.min(w, h)) or 0
  local is_clipped = owner.fit == "cover" or owner.cut or radius > 0
  if is_clipped then
    canvas:save()
    canvas:clip(radius > 0 and shapes.rounded(left, top, w, h, radius) or { "R", left, top, w, h })
  end
  canvas:image(owner.image, full_left, full_top, full_w, full_h, look)
  if is_clipped then canvas:restore() end
end

function Fragment:locate(canvas, x, y) -- Its caption may have notes.
  if self.caption then block.locate(self.caption, canvas, x, y + self.tall + 6) end
end

function Fragment:draw(canvas, x, y)
  local owner, wide, tall, cx = self.owner, self.wide, self.tall, self.cx
  local slack = self.width - wide
  local left = owner.align == "center" and x + slack / 2 or owner.align == "right" and x + slack or x
  local is_figure, caption = owner.alt ~= "", self.caption
  if caption and is_figure then canvas:begin_tag("Div") end
  if is_figure then
    canvases.begin_figure(canvas, owner.alt, left, y, wide, tall)
  else
    canvas:begin_artifact("Layout")
  end
  draw_picture(owner, canvas, cx, left, y, wide, tall)
  if is_figure then canvas:end_tag() else canvas:end_artifact() end
  if caption then caption:draw(canvas, x, y + tall + 6) end
  if caption and is_figure then canvas:end_tag() end
end

function Image:layout(cx, width, height)
  local wide, tall = self:box(cx, width)
  local caption = self.caption and self.caption:layout(cx, width, 1e6)
  local total = tall + (caption and caption.height + 6 or 0)
  if total > height then return nil, self end
  return setmetatable({ cx = cx, owner = self, width = width, height = total, wide = wide, tall = tall,
    caption = caption }, Fragment)
end

local known_crop = options.define("image.crop", {
  left = "length", top = "length", right = "length", bottom = "length",
})
local known = options.define("image", {
  width = "length", height = "length", alt = "string", caption = "string", fit = { "contain", "cover" },
  align = { "left", "center", "right" }, focus = "table", crop = "table", radius = "length", ink = "color",
})
local known_icon = options.define("icon", {
  size = "length", color = "color", alt = "string", align = { "left", "center", "right" },
})

local function read_file(name, spec)
  local file = spec[1]
  if type(file) ~= "string" then
    options.fail(("%s expects a file name, got %s"):format(name, file == nil and "nothing" or "a " .. type(file)))
  end
  return file
end

local function read_focus(file, focus)
  if not focus then return end
  local x, y = focus[1], focus[2]
  local function is_part(value) return type(value) == "number" and value >= 0 and value <= 1 end
  if #focus ~= 2 or next(focus, 2) ~= nil or not (is_part(x) and is_part(y)) then
    options.fail(('image "%s": focus is two parts of its width and height from the top left corner, '
      .. "{ 0.5, 0.2 } for its upper middle"):format(file))
  end
  return { x, y }
end

--- `alt` says what the image shows; "" marks an ornament. A drawing may say it itself, as its <title>.
function M.image(spec)
  spec = options.read("image", spec, known)
  local file = read_file("image", spec)
  local alt = spec.alt
  if not alt and file:lower():find "%.svg$" then
    local title = engine.image.load(file).title
    if title ~= "" then alt = title end
  end
  if not alt then
    options.fail(('image "%s": say what it shows, as alt = "…"; alt = "" marks an ornament'):format(file))
  end
  if spec.fit == "cover" and not spec.height then
    options.fail(('image "%s": fit = "cover" needs a height'):format(file))
  end
  if spec.focus and spec.fit ~= "cover" then
    options.fail(('image "%s": focus is for fit = "cover", which cuts what does not fit'):format(file))
  end
  return block.make(Image, { file = file, width = spec.width, height = spec.height, alt = alt, fit = spec.fit,
    align = spec.align, focus = read_focus(file, spec.focus), radius = spec.radius, ink = spec.ink,
    crop = spec.crop and options.read("image.crop", spec.crop, known_crop, true),
    caption = spec.caption and text.new(spec.caption, { style = "caption", tag = alt ~= "" and "Caption" or "P" }) },
    spec)
end

--- A drawing as high as it is said, in one colour: what is drawn in "currentColor", or names no colour.
function M.icon(spec)
  spec = options.read("icon", spec, known_icon)
  local file = read_file("icon", spec)
  if not file:lower():find "%.svg$" then
    options.fail(('icon "%s": an icon is an SVG; for a picture take b.image'):format(file))
  end
  return block.make(Image, { file = file, height = spec.size or 16, alt = spec.alt or "", align = spec.align,
    ink = spec.color or "text" }, spec)
end

return M
