--- A page that is watched while it is drawn: what is painted outside of any tag, in which order words stand where, on
--- what ground, and how small. All is passed on to the page itself.
local abs, max, min, sqrt = math.abs, math.max, math.min, math.sqrt

local M = {}

local WORDS_MOST = 2000   -- Boxes of words that are kept of a page, and of grounds that are looked through.
local GROUND_LEAST = 60   -- Square points: what is smaller is a dot or a line and no ground of words.
local ASCENT, DESCENT = 0.75, 0.2 -- Of the size: where the box of a line of text ends.
local SLACK = 1           -- Points that words may stand out over their ground.

local methods = {}

local Page = {}

--- What is not watched is the page's own.
function Page.__index(self, name)
  local method = methods[name]
  if method then return method end
  local own = rawget(self, "page")[name]
  if type(own) ~= "function" then return own end
  method = function(watched, ...)
    local page = watched.page
    return page[name](page, ...)
  end
  methods[name] = method
  return method
end

---@param watch table                See watch.lua.
---@param page engine.Page
function M.new(watch, page)
  return setmetatable({ page = page, watch = watch, width = page.width, height = page.height, number = page.number,
    open = {}, artifacts = 0, is_ornament = false, state = { 1, 0, 0, 1, 0, 0, opacity = 1 }, kept = {}, words = {},
    grounds = {} }, Page)
end

-- Boxes -----------------------------------------------------------------------------------------------------------

--- The box on the page of one in the present coordinates: left, top, right, bottom; `clip` cuts it.
local function box_of(state, x, y, width, height)
  local a, b, c, d, e, f = state[1], state[2], state[3], state[4], state[5], state[6]
  local x1, y1 = a * x + c * y + e, b * x + d * y + f
  local x2, y2 = a * width + c * height, b * width + d * height
  local xs, ys = { x1, x1 + a * width, x1 + c * height, x1 + x2 }, { y1, y1 + b * width, y1 + d * height, y1 + y2 }
  return min(xs[1], xs[2], xs[3], xs[4]), min(ys[1], ys[2], ys[3], ys[4]), max(xs[1], xs[2], xs[3], xs[4]),
    max(ys[1], ys[2], ys[3], ys[4])
end

--- The box of a path; curves are within their points.
local function box_of_path(path)
  local left, top, right, bottom = math.huge, math.huge, -math.huge, -math.huge
  local i, count = 1, #path
  while i <= count do
    local item = path[i]
    if item == "R" then
      local x, y, w, h = path[i + 1], path[i + 2], path[i + 3], path[i + 4]
      left, top, right, bottom = min(left, x, x + w), min(top, y, y + h), max(right, x, x + w), max(bottom, y, y + h)
      i = i + 5
    elseif type(item) == "string" then
      i = i + 1
    else
      local x, y = item, path[i + 1]
      left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
      i = i + 2
    end
  end
  return left, top, right - left, bottom - top
end

--- Notes what words may stand on. `kind` is a colour, "picture", or false where nobody knows.
local function add_ground(self, kind, x, y, width, height)
  local state = self.state
  local left, top, right, bottom = box_of(state, x, y, width, height)
  local clip = state.clip
  if clip then
    left, top, right, bottom = max(left, clip[1]), max(top, clip[2]), min(right, clip[3]), min(bottom, clip[4])
    if kind ~= "picture" then kind = false end -- The clip may be of any shape.
  end
  if right <= left or bottom <= top or (right - left) * (bottom - top) < GROUND_LEAST then return end
  if state.opacity < 1 or state.is_blended or abs(state[2]) + abs(state[3]) > 1e-6 then kind = false end
  local grounds = self.grounds
  grounds[#grounds + 1] = { left, top, right, bottom, kind = kind }
end

--- The ground of a box of words: a colour, "picture", or false where nobody knows; nil: the paper.
local function ground_of(self, left, top, right, bottom)
  local grounds = self.grounds
  for i = #grounds, max(1, #grounds - WORDS_MOST), -1 do
    local ground = grounds[i]
    if left < ground[3] and right > ground[1] and top < ground[4] and bottom > ground[2] then
      local is_whole = left >= ground[1] - SLACK and right <= ground[3] + SLACK and top >= ground[2] - SLACK
        and bottom <= ground[4] + SLACK
      return is_whole and ground.kind or false
    end
  end
  return nil
end

-- State -----------------------------------------------------------------------------------------------------------

function methods.save(self)
  local state, copy = self.state, {}
  for key, value in next, state do copy[key] = value end
  self.kept[#self.kept + 1], self.state = state, copy
  return self.page:save()
end

function methods.restore(self)
  local kept = self.kept
  self.state = kept[#kept] or self.state
  kept[#kept] = nil
  return self.page:restore()
end

function methods.transform(self, a, b, c, d, e, f)
  self.page:transform(a, b, c, d, e, f)
  local s = self.state
  s[1], s[2], s[3], s[4], s[5], s[6] = s[1] * a + s[3] * b, s[2] * a + s[4] * b, s[1] * c + s[3] * d,
    s[2] * c + s[4] * d, s[1] * e + s[3] * f + s[5], s[2] * e + s[4] * f + s[6]
end

function methods.opacity(self, opacity)
  self.page:opacity(opacity)
  self.state.opacity = self.state.opacity * opacity
end

function methods.blend(self, mode)
  self.page:blend(mode)
  self.state.is_blended = mode ~= "normal"
end

function methods.clip(self, path, even_odd)
  self.page:clip(path, even_odd)
  local state = self.state
  local left, top, right, bottom = box_of(state, box_of_path(path))
  local clip = state.clip
  if clip then
    left, top, right, bottom = max(left, clip[1]), max(top, clip[2]), min(right, clip[3]), min(bottom, clip[4])
  end
  state.clip = { left, top, right, bottom }
end

-- Tags ------------------------------------------------------------------------------------------------------------

function methods.begin_tag(self, tag, options)
  self.page:begin_tag(tag, options)
  self.open[#self.open + 1] = tag
  if tag == "Figure" or tag == "Formula" then self.watch:saw_figure(options and options.alt, options and options.id) end
end

function methods.end_tag(self)
  self.page:end_tag()
  self.open[#self.open] = nil
end

function methods.begin_artifact(self, kind)
  self.page:begin_artifact(kind)
  self.open[#self.open + 1], self.artifacts = "", self.artifacts + 1
  if self.artifacts == 1 then self.is_ornament = kind ~= "Header" and kind ~= "Footer" end
end

function methods.end_artifact(self)
  self.page:end_artifact()
  self.open[#self.open], self.artifacts = nil, self.artifacts - 1
  if self.artifacts == 0 then self.is_ornament = false end
end

--- Tells of what is painted where neither a tag nor an artifact is open.
local function painted(self)
  if #self.open == 0 then self.watch:saw_untagged() end
end

-- Painting --------------------------------------------------------------------------------------------------------

local function color_of(paint)
  local fill = paint and paint.fill
  if type(fill) == "string" and (#fill == 4 or #fill == 7) then return fill end
  return false
end

function methods.rect(self, x, y, width, height, paint)
  painted(self)
  self.page:rect(x, y, width, height, paint)
  if paint and paint.fill then add_ground(self, color_of(paint), x, y, width, height) end
end

function methods.path(self, path, paint)
  painted(self)
  self.page:path(path, paint)
  if paint and paint.fill then add_ground(self, false, box_of_path(path)) end
end

function methods.circle(self, x, y, radius, paint)
  painted(self)
  self.page:circle(x, y, radius, paint)
  if not (paint and paint.fill) then return end
  add_ground(self, false, x - radius, y - radius, 2 * radius, 2 * radius)
  local half = radius / sqrt(2) -- The square within it is all of one colour.
  add_ground(self, color_of(paint), x - half, y - half, 2 * half, 2 * half)
end

function methods.sector(self, x, y, outer, inner, from, to, paint)
  painted(self)
  self.page:sector(x, y, outer, inner, from, to, paint)
  if paint and paint.fill then add_ground(self, false, x - outer, y - outer, 2 * outer, 2 * outer) end
end

function methods.line(self, ...)
  painted(self)
  return self.page:line(...)
end

function methods.dots(self, ...)
  painted(self)
  return self.page:dots(...)
end

function methods.shadow(self, ...)
  painted(self)
  return self.page:shadow(...)
end

function methods.image(self, image, x, y, width, height, look)
  painted(self)
  self.page:image(image, x, y, width, height, look)
  add_ground(self, not image.is_drawing and "picture", x, y, width, height)
end

-- Words -----------------------------------------------------------------------------------------------------------

--- Keeps a box of words for the reading order. Turned words are read with the page turned.
local function add_words(self, left, top, right, bottom)
  local words, watch = self.words, self.watch
  if self.artifacts > 0 or #words >= WORDS_MOST or abs(self.state[2]) > 1e-6 then return end
  local group = watch.group
  words[#words + 1] = { left, top, right, bottom, group = group, place = watch:place() }
end

--- The size of words as they are seen.
local function scale_of(state)
  return sqrt(abs(state[1] * state[4] - state[2] * state[3]))
end

function methods.text(self, style, x, y, text, align)
  painted(self)
  local wide = self.page:text(style, x, y, text, align)
  text = tostring(text) -- The page takes numbers, too.
  if self.is_ornament or not text:find "%S" then return wide end
  local size, state, watch = style.size, self.state, self.watch
  local start = align == "right" and x - wide or align == "center" and x - wide / 2 or x
  local left, top, right, bottom = box_of(state, start, y - ASCENT * size, wide, (ASCENT + DESCENT) * size)
  add_words(self, left, top, right, bottom)
  watch:saw_size(size * scale_of(state), text)
  watch:saw_text(style.language, text)
  local ground = ground_of(self, left, top, right, bottom)
  if ground == "picture" then
    watch:saw_on_picture(text)
  elseif ground ~= false and state.opacity == 1 and not state.is_blended then
    watch:saw_colors(style.color, style.size * scale_of(state), style.weight, ground)
  end
  return wide
end

--- The boxes of the lines that are drawn, from the top of the first, and the words of that.
local function boxes_of_lines(paragraph, first, last)
  local line = paragraph:line(first)
  local top, text, boxes = line.top, line.text, {}
  while line do
    if line.width > 0 then
      boxes[#boxes + 1] = { x = line.x, y = line.top - top, width = line.width, height = line.height }
    end
    first = first + 1
    local is_there, more = false, nil
    if first <= last then is_there, more = pcall(paragraph.line, paragraph, first) end
    line = is_there and more or nil
  end
  return boxes, text
end

function methods.paragraph(self, paragraph, x, y, first, last)
  painted(self)
  self.page:paragraph(paragraph, x, y, first, last)
  if self.is_ornament or last and last < (first or 1) then return end
  local boxes, text = boxes_of_lines(paragraph, first or 1, last or math.huge)
  if #boxes == 0 or not text:find "%S" then return end
  local state, watch = self.state, self.watch
  local left, top, right, bottom, ground = math.huge, math.huge, -math.huge, -math.huge, nil
  for i, box in ipairs(boxes) do -- One by one: the lines beside a figure do not stand on it.
    local l, t, r, b = box_of(state, x + box.x, y + box.y, box.width, box.height)
    left, top, right, bottom = min(left, l), min(top, t), max(right, r), max(bottom, b)
    local own = ground_of(self, l, t, r, b)
    if i == 1 or own == "picture" then ground = own elseif own ~= ground and ground ~= "picture" then ground = false end
  end
  add_words(self, left, top, right, bottom)
  local scale = scale_of(state)
  if scale < 0.999 then watch:saw_scaled(scale, text) end
  if ground == "picture" then watch:saw_on_picture(text) else watch:saw_drawn_on(ground) end
end

function methods.row(self, styles, offsets, aligns, texts, first, x, y, ...)
  self.page:row(styles, offsets, aligns, texts, first, x, y, ...)
  local watch, count = self.watch, #offsets
  for i = 1, count do
    local text = tostring(texts[first + i - 1])
    if text ~= "" then
      watch:saw_size(styles[i].size * scale_of(self.state), text)
      watch:saw_text(styles[i].language, text)
    end
  end
  local left, top, right, bottom = box_of(self.state, x + offsets[1], y - 8, max(1, offsets[count] - offsets[1]), 10)
  add_words(self, left, top, right, bottom)
end

--- The page ends: what was kept of it is looked at and forgotten. Header and footer are drawn later.
function methods.finish(self)
  self.page:finish()
  if #self.words > 0 then require("briefpress.check.order").look(self.watch, self.words) end
  self.words = {}
end

return M
