--- Colours of words on their grounds: each pair is told once, at the first place where it holds. What a block was laid
--- out on is what its layout says (`cx.ground`); where it is drawn on something else, that counts.
local contrast = require "briefpress.contrast"
local quote = require("briefpress.check.findings").quote

local M = {}

local UNLIKE = 15 -- In CIELAB: colours of words that are nearer to each other look alike.

local Colors = {}
Colors.__index = Colors

---@param cx briefpress.Context
function M.new(cx)
  return setmetatable({ cx = cx, known = {}, count = 0, links = {}, alike = {} }, Colors)
end

--- Words of a colour on a ground.
---@param color string
---@param token table                Size and weight.
---@param ground string
---@param place? string
---@param is_laid_out? boolean       Known from the layout, which drawing may prove wrong.
function Colors:add(color, token, ground, place, is_laid_out)
  local is_large = contrast.is_large(token)
  local key = color .. ground .. (is_large and "+" or "")
  local pair = self.known[key]
  if pair == nil then
    pair = contrast.judge(self.cx, color, ground, is_large) or false
    self.known[key] = pair
    if pair then
      self.count = self.count + 1
      pair.places, pair.seen_at, pair.drawn, self[self.count] = {}, {}, ground, pair
    end
  end
  if not pair then return end
  place = place or ""
  local at = pair.seen_at[place]
  if not at then
    at = { place = place, is_laid_out = is_laid_out }
    pair.seen_at[place], pair.places[#pair.places + 1] = at, at
  elseif not is_laid_out then
    at.is_laid_out = nil
  end
end

--- How far apart two colours are seen, about: in CIELAB.
local function distance(a, b)
  local function lab(color)
    local light = {}
    for i = 1, 3 do light[i] = contrast.light(color, i) end
    local r, g, blue = light[1], light[2], light[3]
    local function f(t) return t > 0.008856 and t ^ (1 / 3) or 7.787 * t + 16 / 116 end
    local x, y, z = f((0.4124 * r + 0.3576 * g + 0.1805 * blue) / 0.9505), f(0.2126 * r + 0.7152 * g + 0.0722 * blue),
      f((0.0193 * r + 0.1192 * g + 0.9505 * blue) / 1.089)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
  end
  local l1, a1, b1 = lab(a)
  local l2, a2, b2 = lab(b)
  return math.sqrt((l1 - l2) ^ 2 + (a1 - a2) ^ 2 + (b1 - b2) ^ 2)
end

--- The parts of a text that have a colour of their own, and links, which must not look like the words around them.
---@param spans engine.Span[]
---@param token table                Of the text.
---@param place? string
function Colors:spans(spans, token, place)
  local cx = self.cx
  local ground, base = cx.ground, cx:color(token.color or "text"):lower()
  local has_words = false
  for i = 1, #spans do has_words = has_words or not spans[i].link and (spans[i].text or ""):find "%a" end
  for i = 1, #spans do
    local span = spans[i]
    local style = span.style
    local color = style.color
    if color ~= base and ground ~= false and (span.text or "") ~= "" then
      self:add(color, { size = token.size, weight = style.weight }, ground or cx:color "paper", place, true)
    end
    if span.link and has_words and not span.link:find "^#" and span.text and not self.links[color .. base]
      and distance(color, base) < UNLIKE then
      self.links[color .. base] = true
      local text = ("the link %s looks like the words around it (%s in %s); give the theme another accent, or the link "
        .. "a colour: [[words](%s)]{color=…}"):format(quote(span.text), color, base, span.link)
      self.alike[#self.alike + 1] = { place = place, text = text }
    end
  end
end

--- Adds what holds to the findings.
---@param findings table
---@param drawn_on table<string, table>  What the blocks of a place turned out to stand on.
function Colors:tell(findings, drawn_on)
  for _, one in ipairs(self.alike) do findings:add("link_color", one.place, one.text) end
  for i = 1, self.count do
    local pair = self[i]
    for _, at in ipairs(pair.places) do
      local drawn = at.is_laid_out and drawn_on[at.place]
      if not drawn or drawn[pair.drawn] then
        local said = contrast.said(pair, not at.is_laid_out or drawn ~= nil)
        findings:add("contrast " .. said, at.place, said)
        break
      end
    end
  end
end

return M
