--- Images in a line of text, icons say: one em high, on the baseline. They stand in the paragraph as boxes with a mark.
local engine = require "briefpress.engine"
local options = require "briefpress.options"

local M = {}

local FIRST = 100000000 -- Marks from here on are those of images; below, of the ledger.
local SLACK = 0.01

local GOES_ON = 256 -- As the engine says how a run looks: it belongs to the image of the run before.

--- The box of the image that begins with run `at`; the image is added to the `images` of the holder.
---@param cx briefpress.Context
---@param holder table
---@param runs (string|integer|false)[]
---@param at integer
---@param style engine.Style         Of the words around: its size is the height.
---@param token table                Of the paragraph: an image moves no line.
---@param place? string
---@return engine.Span
function M.from_runs(cx, holder, runs, at, style, token, place)
  local file, alt = runs[at + 2], {}
  repeat
    if type(runs[at]) ~= "string" then options.fail("the text of an image takes no placeholder", place) end
    alt[#alt + 1] = runs[at]
    at = at + 3
  until not runs[at] or runs[at + 1] & GOES_ON == 0
  if file:find("\u{F8FE}", 1, true) then options.fail("the file of an image takes no placeholder", place) end
  local m = engine.text.metrics(style)
  local room = (token.leading + (m.ascent - m.descent) * token.size / style.size) / 2
  if style.size > room + SLACK then
    options.fail(('"%s": an image in a text is as high as the letters (%.4g points), there are %.4g above the baseline;'
      .. " write [![…](…)]{size=0.8em}, or more leading"):format(file, style.size, math.floor(room * 10) / 10), place)
  end
  local image = engine.image.load(file)
  local mark = (cx.last_image or FIRST - 1) + 1
  cx.last_image = mark
  local width = style.size * image.width / image.height
  local images = holder.images or {}
  holder.images = images
  local look = image.is_drawing and { style = style, ink = style.color } or nil
  local words = table.concat(alt)
  local id = words ~= "" and "image-" .. mark or nil -- It is drawn behind the text, and read where it stands.
  images[#images + 1] = { image = image, alt = words, mark = mark, look = look, id = id }
  return { style = style, width = width, height = style.size, mark = mark, note = id }
end

--- Draws the images of a paragraph that have an alternative text, or those that have none and are ornaments.
---@param canvas engine.Page
---@param paragraph engine.Paragraph
---@param images table[]
---@param x number                   Of the paragraph's first line.
---@param y number
---@param first integer              Line that is shown.
---@param last integer
---@param is_ornament boolean
function M.draw(canvas, paragraph, images, x, y, first, last, is_ornament)
  for _, one in ipairs(images) do
    if (one.alt == "") == is_ornament then
      for _, box in ipairs(paragraph:boxes(one.mark)) do
        if box.line >= first and box.line <= last then
          local height = box.width * one.image.height / one.image.width
          local left, top = x + box.x, y + paragraph:line(box.line).baseline - height
          if is_ornament then
            canvas:begin_artifact "Layout"
          else
            canvas:begin_tag("Figure", { alt = one.alt, id = one.id, box = { left, top, box.width, height } })
          end
          canvas:image(one.image, left, top, box.width, height, one.look)
          if is_ornament then canvas:end_artifact() else canvas:end_tag() end
        end
      end
    end
  end
end

return M
