--- Contrast of text against its ground, as WCAG 2 reckons it: at least 4.5, or 3 for large text.
local engine = require "briefpress.engine"

local M = {}

local ALIKE = 1.5 -- Below this nobody set the one on the other on purpose: there is something between them.

--- The light of one primary of "#rgb" or "#rrggbb" (1 red, 2 green, 3 blue), 0 to 1.
---@param color string
---@param i integer
---@return number
function M.light(color, i)
  local hex = color:sub(2)
  if #hex < 6 then hex = hex:gsub("%x", "%0%0") end
  local part = (tonumber(hex:sub(2 * i - 1, 2 * i), 16) or 0) / 255
  return part <= 0.04045 and part / 12.92 or ((part + 0.055) / 1.055) ^ 2.4
end

--- Relative luminance, 0 (black) to 1 (white).
---@param color string
---@return number
function M.luminance(color)
  return 0.2126 * M.light(color, 1) + 0.7152 * M.light(color, 2) + 0.0722 * M.light(color, 3)
end

--- From 1 (the same) to 21 (black on white).
---@return number
function M.ratio(a, b)
  local light, dark = M.luminance(a), M.luminance(b)
  if light < dark then light, dark = dark, light end
  return (light + 0.05) / (dark + 0.05)
end

--- What is told of text that is hard to read: a finding of `check`.
---@param judged {color:string, ground:string, ratio:number, needed:number, seen?:string}
---@param is_seen? boolean           It was drawn, and nothing stands between the two.
---@return string
function M.said(judged, is_seen)
  local color, ground, ratio, needed = judged.color, judged.ground, judged.ratio, judged.needed
  local near = require("briefpress.tints").nearest(judged.seen or color, ground, needed)
  local drawn = ratio < ALIKE and not is_seen
    and "; where it stands on a drawing, a b.stack around it says so with fill" or ""
  return ("text in %s on %s has a contrast of %.1f, %g is needed to read it well; %s would do%s")
    :format(color, ground, math.floor(ratio * 10) / 10, needed, near, drawn)
end

--- Large text may have less contrast.
---@param token table                Of the style: size, weight.
function M.is_large(token)
  return token.size >= 18 or (token.size >= 14 and (token.weight or 400) >= 600)
end

--- The contrast of a colour on a ground; nil where there is enough.
---@param cx briefpress.Context
---@param color string
---@param ground string
---@param is_large boolean
---@return {color:string, ground:string, ratio:number, needed:number, seen?:string}?
function M.judge(cx, color, ground, is_large)
  local seen
  if #color > 7 or #ground > 7 then -- With opacity.
    local tints = require "briefpress.tints"
    ground = tints.seen_on(ground, cx:color "paper")
    seen = tints.seen_on(color, ground)
  end
  local ratio, needed = M.ratio(seen or color, ground), is_large and 3 or 4.5
  if ratio >= needed then return nil end
  return { color = color, ground = ground, ratio = ratio, needed = needed, seen = seen }
end

--- Tells `check` of text that is hard to read on its ground; each pair of colours once.
---@param cx briefpress.Context
---@param token table            Of the style: color, size, weight.
---@param place? string
---@param under? string          The ground, where it is not that of the block.
function M.check(cx, token, place, under)
  local ground = under or cx.ground
  if ground == false then return end -- Over a drawing: nobody knows.
  ground = ground or cx:color "paper"
  local contrasts = cx.contrasts
  if contrasts[token] == ground then return end
  contrasts[token] = ground
  local color, is_large = cx:color(token.color or "text"), M.is_large(token)
  local key = color .. ground .. (is_large and "+" or "")
  if contrasts[key] then return end
  contrasts[key] = true
  local judged = M.judge(cx, color, ground, is_large)
  if judged then engine.report("finding", M.said(judged), place or cx.at) end
end

return M
